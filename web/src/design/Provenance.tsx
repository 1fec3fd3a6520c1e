import { useTranslation } from 'react-i18next';
import { useFormat } from '@/app/format';

/** Measured by a probe or attested by a person, and how old it is. The two are never mixed without this sign. */
export function Provenance({ kind, at, bare = false }: { kind: 'measured' | 'attested'; at?: string; bare?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="provenance">
      <svg
        width="13"
        height="13"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        {kind === 'measured' ? (
          <path d="M.8 7.5H3.6L5.3 3.2 8.2 11 9.9 7.5H13.2" />
        ) : (
          <>
            <circle cx="5.8" cy="4" r="2.6" />
            <path d="M1.2 12.6C1.2 9.6 3.2 8 5.8 8c1 0 1.8.2 2.5.6M8.6 11.2l1.5 1.5 2.9-3.2" />
          </>
        )}
      </svg>
      <span className={bare ? 'visually-hidden' : undefined}>{t(`provenance.${kind}`)}</span>
      {at && <span>{format.ago(at)}</span>}
    </span>
  );
}
