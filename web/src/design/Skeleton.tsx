import { useEffect, useState } from 'react';

/** Still shapes in the colour of the rules. Nothing is shown for the first 0.3 s. */
export function Skeleton({ rows = 4, title = false }: { rows?: number; title?: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  if (!late) return <div className="skeleton" aria-hidden />;
  return (
    <div className="skeleton" aria-hidden>
      {title && <i className="skeleton-title" />}
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} style={{ inlineSize: `${[92, 76, 84, 64][row % 4]}%` }} />
      ))}
    </div>
  );
}
