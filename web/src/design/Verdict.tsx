import type { ReactNode } from 'react';

/** The first line of a page: a verdict in a sentence, then one more, then the numbers. */
export function Verdict({
  over,
  text,
  sub,
  side,
}: {
  over?: ReactNode;
  text: ReactNode;
  sub?: ReactNode;
  side?: ReactNode;
}) {
  return (
    <header className="verdict">
      <div className="grow">
        {over && <p className="hint verdict-over">{over}</p>}
        <h1>{text}</h1>
        {sub && <p className="verdict-sub">{sub}</p>}
      </div>
      {side && <div className="verdict-side">{side}</div>}
    </header>
  );
}
