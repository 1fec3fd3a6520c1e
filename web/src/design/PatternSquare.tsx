// The six patterns as a square of real buttons: rows confidentiality, columns availability. One cell is filled; while an
// answer is being changed, the saved cell keeps its outline.
import { useTranslation } from 'react-i18next';

interface Props {
  pattern: number | null;
  name: string;
  /** The pattern that is saved, when it differs from what the answers now give. */
  saved?: number | null;
  candidates?: number[];
  others?: { pattern: number; name: string }[];
}

export function PatternSquare({ pattern, name, saved, candidates = [], others = [] }: Props) {
  const { t } = useTranslation();
  const cell = (n: number) => {
    const state =
      n === pattern
        ? 'on'
        : n === saved
          ? 'saved'
          : !pattern && candidates.length < 6 && candidates.includes(n)
            ? 'maybe'
            : undefined;
    const own = others.filter((other) => other.pattern === n);
    return (
      <td key={n} data-state={state} aria-current={n === pattern ? 'true' : undefined}>
        <div className="square-cell">
          <b>{n}</b>
          {n === pattern && (
            <span className="square-name">
              <span>{t('square.this')}</span>
              <strong>{name}</strong>
            </span>
          )}
          {state === 'maybe' && <span className="square-name">{t('square.maybe')}</span>}
          {n !== pattern &&
            own.map((other) => (
              <span key={other.name} className="square-other">
                {other.name}
              </span>
            ))}
          {n !== pattern && state !== 'maybe' && own.length === 0 && (
            <span className="square-example">{t(`square.example.${n}`)}</span>
          )}
        </div>
      </td>
    );
  };
  const column = (['high', 'medium', 'low'] as const).map((level, index) => ({
    level,
    on: pattern !== null && (pattern - 1) % 3 === index,
  }));
  return (
    <table className="square">
      <caption className="visually-hidden">{t('square.caption')}</caption>
      <thead>
        <tr>
          <td />
          <th colSpan={3} scope="colgroup" className="square-axis">
            {t('square.availability')}
          </th>
        </tr>
        <tr>
          <td />
          <>
            {column.map(({ level, on }) => (
              <th key={level} scope="col" data-on={on || undefined}>
                {t(`pattern.${level}`)}
              </th>
            ))}
          </>
        </tr>
      </thead>
      <tbody>
        {(['high', 'low'] as const).map((level, row) => (
          <tr key={level}>
            <th scope="row" data-on={pattern !== null && Math.floor((pattern - 1) / 3) === row ? true : undefined}>
              <span className="hint">{t('pattern.confidentiality')}</span>
              {t(`pattern.${level}`)}
            </th>
            {[1, 2, 3].map((n) => cell(n + row * 3))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
