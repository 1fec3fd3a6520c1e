import { useId, type ReactNode } from 'react';

interface Props {
  title?: ReactNode;
  hint?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
  /** Content reaches the edges (lists, tables). */
  flush?: boolean;
  className?: string;
  level?: 'h2' | 'h3';
}

export function Card({ title, hint, side, children, flush = false, className = '', level: Heading = 'h2' }: Props) {
  const id = useId();
  return (
    <section className={`card ${flush ? 'card-flush' : ''} ${className}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <header className="card-head">
          <Heading id={id} className="card-title">
            {title}
          </Heading>
          {hint && <span className="hint clip">{hint}</span>}
          {side && <div className="card-side">{side}</div>}
        </header>
      )}
      <div className="card-body">{children}</div>
    </section>
  );
}
