// One value, read: marks for enumerations with a tone, links for references, the file to be fetched.
import { useTranslation } from 'react-i18next';
import type { Field, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { StateBadge } from '@/design/StateBadge';
import { isEmpty, labelOf, listOf, textOf } from './values';

interface Props {
  field: Field;
  value: unknown;
  labels: Labels;
  /** In a list: no links, one line. */
  plain?: boolean;
}

export function FieldValue({ field, value, labels, plain = false }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  if (isEmpty(value)) return <span className="ink3" aria-label={t('nothing')}>–</span>;
  if (field.type === 'enum') {
    const found = field.values?.find((one) => one.id === value);
    if (found?.tone && found.tone !== 'free') return <StateBadge tone={found.tone} plain={plain}>{format.text(found.title)}</StateBadge>;
  }
  if (plain) return <>{textOf(field, value, labels, format, t)}</>;
  switch (field.type) {
    case 'ref':
    case 'refs':
    case 'catalogue':
    case 'catalogues': {
      const path = (id: string) => (field.to ? recordPath(field.to, id) : field.catalogue === 'standard-item' ? itemPath(id) : null);
      return (
        <ul className="value-list">
          {listOf(value).map((id) => {
            const to = path(id);
            return <li key={id}>{to ? <A to={to}>{labelOf(field, id, labels)}</A> : labelOf(field, id, labels)}</li>;
          })}
        </ul>
      );
    }
    case 'texts':
      return <ul className="value-list">{listOf(value).map((one, index) => <li key={index}>{one}</li>)}</ul>;
    case 'url':
      return /^https?:/.test(String(value)) ? <a href={String(value)} target="_blank" rel="noreferrer">{String(value)}</a> : <>{String(value)}</>;
    case 'email':
      return <a href={`mailto:${String(value)}`}>{String(value)}</a>;
    case 'file':
      return <a href={`/api/v1/files/${String(value)}`} download>{t('download')}</a>;
    case 'longtext':
      return <span className="prose">{String(value)}</span>;
    case 'json':
      return <details><summary>{t('showContent')}</summary><pre className="value-json">{JSON.stringify(value, null, 1).slice(0, 20_000)}</pre></details>;
    default:
      return <>{textOf(field, value, labels, format, t)}</>;
  }
}
