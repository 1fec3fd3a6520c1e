import { useTranslation } from 'react-i18next';
import type { PostureRow } from '@/api/method';
import { useFormat } from '@/app/format';
import { A } from '@/app/navigation';

const PARTS = ['met', 'partly', 'not', 'none', 'excluded'] as const;

/** One bar a standard: met, part, not, unjudged (hatched), excluded (grey); every number opens its list. */
export function Coverage({ rows }: { rows: PostureRow[] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <div>
      <div className="coverage-head coverage-numbers" aria-hidden>
        <span className="coverage-name">{t('coverage.head')}</span>
        {PARTS.map((part) => (
          <span key={part} className="num">
            <i className={`fill-${part}`} />
            {t(`coverage.${part}`)}
          </span>
        ))}
      </div>
      {rows.map((row) => (
        <div key={`${row.standard}/${row.part}`} className="coverage" role="group" aria-label={format.text(row.title)}>
          <div className="coverage-numbers">
            <span className="coverage-name">
              <b>{format.text(row.title)}</b> <span className="hint">{row.total}</span>
            </span>
            {PARTS.map((part) => (
              <span key={part} className="num">
                {row[part] > 0 ? (
                  <A
                    to={`/assessment?assessment=${row.assessment ?? ''}&status=${part}`}
                    aria-label={t('coverage.open', { part: t(`coverage.${part}`), count: row[part] })}
                  >
                    {row[part]}
                  </A>
                ) : (
                  <span className="ink3">{row[part]}</span>
                )}
              </span>
            ))}
          </div>
          <div className="coverage-bar" aria-hidden>
            {PARTS.filter((part) => row[part] > 0).map((part) => (
              <i key={part} className={`fill-${part}`} style={{ flex: `${row[part]} 0 3px` }} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
