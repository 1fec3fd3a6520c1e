/** First letter of the name on tint; the name itself always stands beside it or in its label. */
export function Avatar({ name, label = false }: { name: string; label?: boolean }) {
  const letter = Array.from(name.trim())[0] ?? '';
  return (
    <span
      className="avatar"
      role={label ? 'img' : undefined}
      aria-label={label ? name : undefined}
      aria-hidden={label ? undefined : true}
      title={label ? name : undefined}
    >
      {letter}
    </span>
  );
}
