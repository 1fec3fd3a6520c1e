/** Still shapes in the colour of the rules, for reads that take longer than 0.3 s. */
export function Skeleton({ rows = 4, title = false }: { rows?: number; title?: boolean }) {
  return (
    <div className="skeleton" aria-hidden>
      {title && <i className="skeleton-title" />}
      {Array.from({ length: rows }, (_, row) => <i key={row} style={{ inlineSize: `${[92, 76, 84, 64][row % 4]}%` }} />)}
    </div>
  );
}
