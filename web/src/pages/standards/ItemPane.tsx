// One item: what it asks in our words (and in the licensed ones beside, once imported), the rules with their changeable
// values, where else it is asked, and our own judgement.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useKind } from '@/api/queries';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { RecordHeader } from '@/design/RecordHeader';
import { Skeleton } from '@/design/Skeleton';
import { StateBadge } from '@/design/StateBadge';
import { ErrorState } from '@/design/States';
import { ParameterDialog } from './ParameterDialog';
import { judgementTone, type Item, type Parameter } from './model';

export function ItemPane({ itemKey, crumbs }: { itemKey: string; crumbs: string[] }) {
  const { t } = useTranslation(['standards', 'records']);
  const format = useFormat();
  const kind = useKind('requirement');
  const answer = useGet<Item>(`/items/${itemKey.split('/').map(encodeURIComponent).join('/')}`);
  const [official, setOfficial] = useState(false);
  const [changing, setChanging] = useState<Parameter | null>(null);
  const item = answer.data;
  if (answer.error && !item) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!item) return <Skeleton rows={8} title />;
  const codes = [item.nature, item.cycle, ...(item.evidence ?? []), ...(item.customer ?? [])].flatMap((one) => (one && typeof one === 'object' ? [one] : []));
  const statement = format.text(item.statement);
  const mappings = [...item.mappings].sort((left, right) => right.strength - left.strength);
  return (
    <article className="item">
      <RecordHeader crumbs={[...crumbs.map((label, index) => ({ label: label || String(index) })), ...(item.parent ? [{ label: `${item.parent.ref} ${format.text(item.parent.title)}` }] : [])]} title={<><span className="item-ref">{item.ref}</span> {format.text(item.title)}</>} state={item.requirements[0]?.judgement && <StateBadge tone={judgementTone[item.requirements[0].judgement] ?? 'none'}>{t(`judgement.${item.requirements[0].judgement}`)}</StateBadge>} />
      {item.official && <Switch label={t('official.show')} checked={official} onChange={(event) => setOfficial(event.currentTarget.checked)} />}
      <div className={official && item.official ? 'item-beside' : undefined}>
        <div className="stack">
          {statement && <p className="item-statement">{statement}</p>}
          {format.text(item.objective) && <p className="ink2">{t('objective')}{format.text(item.objective)}</p>}
        </div>
        {official && item.official && <blockquote className="item-official"><p className="hint">{t('official.title')}</p><p className="prose">{item.official}</p></blockquote>}
      </div>
      {codes.length > 0 && <ul className="item-codes" aria-label={t('codes')}>{codes.map((code, index) => <li key={`${code.id}${index}`}>{format.text(code.title)}</li>)}</ul>}
      {format.text(item.question) && <p className="item-question"><b>{t('question')}</b> {format.text(item.question)}</p>}
      {item.rules.length > 0 && (
        <section>
          <h2>{t('rules')} <span className="hint">{item.rules.length}</span></h2>
          <ol className="item-rules">
            {item.rules.map((rule) => (
              <li key={rule.id}>
                <code>{rule.id}</code>
                <div className="grow">
                  <p>{rule.actor_title && <b className="item-actor">{format.text(rule.actor_title)}</b>}{format.text(rule.text)}</p>
                  {rule.parameters.length > 0 && (
                    <ul className="row wrap">
                      {rule.parameters.map((parameter) => (
                        <li key={parameter.id}>
                          <button type="button" className="chip" data-changed={parameter.changed || undefined} onClick={() => setChanging(parameter)}>
                            <span>{format.text(parameter.label)}</span><b>{format.text(parameter.text ?? parameter.default) || parameter.value}</b>{parameter.changed && <span>{t('parameter.own')}</span>}
                          </button>
                        </li>
                      ))}
                    </ul>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
      {item.details.length > 0 && (
        <section>
          <h2>{t('details')} <span className="hint">{item.details.length}</span></h2>
          <ul className="item-rules">{item.details.map((detail) => <li key={detail.id}><code>{detail.id}</code><p className="grow">{format.text(detail.text)}</p></li>)}</ul>
        </section>
      )}
      {item.reference_values && (
        <section>
          <h2>{t('reference')}</h2>
          <div className="table-wrap"><table className="table"><thead><tr>{item.reference_values.map((_, index) => <th key={index} scope="col">{t('pattern.n', { n: index + 1 })}</th>)}</tr></thead><tbody><tr>{item.reference_values.map((value, index) => <td key={index}>{value || '–'}</td>)}</tr></tbody></table></div>
        </section>
      )}
      <section id="mappings">
        <h2>{t('mappings')} <span className="hint">{t('mappingsHint')}</span></h2>
        {mappings.length === 0 ? <p className="ink2">{t('noMappings')}</p> : (
          <ul className="item-mappings">
            {mappings.map((one) => (
              <li key={`${one.direction}${one.key}`}>
                <A to={itemPath(one.key)} className="mono">{one.ref}</A>
                <span className="grow"><A to={itemPath(one.key)}>{format.text(one.title)}</A>{one.note && <span className="hint item-note">{format.text(one.note)}</span>}</span>
                <span className="ink2 nowrap">{t(`relation.${one.relation}`, { defaultValue: one.relation })}</span>
                <span className="strength nowrap"><i aria-hidden><b style={{ width: `${Math.round(one.strength * 100)}%` }} /></i>{one.strength}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {item.threats.length > 0 && <section><h2>{t('threats')} <span className="hint">{item.threats.length}</span></h2><ul className="item-codes">{item.threats.map((threat, index) => <li key={`${threat.id}${index}`}>{format.text(threat.title)}</li>)}</ul></section>}
      <section>
        <h2>{t('ours')}</h2>
        {item.requirements.length === 0 ? <p className="ink2">{t('noRow')}</p> : (
          <ul className="list item-ours">
            {item.requirements.map((row) => {
              const status = kind?.fields.find((field) => field.name === 'status')?.values?.find((one) => one.id === row.fields.status);
              const responsible = String(row.fields.responsible ?? '');
              return (
                <li key={row.id}>
                  <StateBadge tone={row.fields.stale ? 'stale' : (status?.tone ?? 'none')}>{format.text(status?.title)}</StateBadge>
                  <span className="grow clip">{String(row.fields.what_we_do ?? '')}</span>
                  <span className="ink2 nowrap">{item.labels?.[`person/${responsible}`]?.label}</span>
                  <A to={`/assessment?assessment=${String(row.fields.assessment)}&item=${row.id}`}>{t('inGrid')}</A>
                  <A to={recordPath('requirement', row.id)}>{t('record')}</A>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      {changing && <ParameterDialog parameter={changing} onClose={() => setChanging(null)} />}
    </article>
  );
}
