/** The only solid count in the frame: work that is overdue, or jobs that wait. */
export function Badge({ count, label, tone = 'miss' }: { count: number; label: string; tone?: 'miss' | 'ai' }) {
  return (
    <span className={`badge badge-${tone}`}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
