import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Before and after of one value; the words are read out, colour and strike only repeat them. */
export function Diff({ before, after }: { before?: ReactNode; after?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className="diff">
      {before !== undefined && before !== null && before !== '' && (
        <del>
          <span className="visually-hidden">{t('diff.before')}</span>
          {before}
        </del>
      )}
      {after !== undefined && after !== null && after !== '' && (
        <ins>
          <span className="visually-hidden">{t('diff.after')}</span>
          {after}
        </ins>
      )}
    </span>
  );
}

export function DiffRow({
  label,
  before,
  after,
  changed,
}: {
  label: ReactNode;
  before: ReactNode;
  after: ReactNode;
  changed: boolean;
}) {
  const { t } = useTranslation();
  return (
    <tr className={changed ? 'diff-changed' : undefined}>
      <th scope="row">{label}</th>
      <td>{changed ? <Diff before={before} /> : before}</td>
      <td>{changed ? <Diff after={after} /> : <span className="ink3">{t('diff.same')}</span>}</td>
    </tr>
  );
}
