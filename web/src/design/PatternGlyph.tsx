import { useTranslation } from 'react-i18next';

/** 2 rows (confidentiality high, low) by 3 columns (availability high, medium, low): pattern 1-6 in reading order. */
export function PatternGlyph({ pattern, label = true }: { pattern: number | null; label?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="pattern">
      <svg width="22" height="15" viewBox="0 0 22 15" aria-hidden>
        {[1, 2, 3, 4, 5, 6].map((cell) => (
          <rect
            key={cell}
            className={cell === pattern ? 'on' : undefined}
            x={((cell - 1) % 3) * 7.5}
            y={cell > 3 ? 8 : 0}
            width="6.6"
            height="7"
            rx="1"
          />
        ))}
      </svg>
      {label && <span className="strong">{pattern ? t('pattern.n', { n: pattern }) : t('pattern.open')}</span>}
    </span>
  );
}
