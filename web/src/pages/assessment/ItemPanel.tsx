// The chosen item: does it apply, how far are we, what we do, what proves it, and why it is asked.
import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useKind, useRecord, useSend } from '@/api/queries';
import type { Field, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { say } from '@/app/notices';
import { Message } from '@/design/States';
import { StateBadge } from '@/design/StateBadge';
import { Picker } from '@/pages/record/Pickers';
import { labelOf, listOf } from '@/pages/record/values';
import type { GridRow } from './grid';

export function ItemPanel({ row, labels: gridLabels, editable, onClose }: { row: GridRow; labels: Labels; editable: boolean; onClose: () => void }) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const kind = useKind('requirement');
  const page = useRecord('requirement', row.record.id);
  const record = row.record;
  const { fields } = record;
  const labels = { ...gridLabels, ...page.data?.labels };
  const [excluding, setExcluding] = useState(false);
  const [reason, setReason] = useState(fields.exclusion_reason ?? '');
  const [work, setWork] = useState<string | null>(null);
  const send = useSend((change: Record<string, unknown>) => api.patch(`/records/requirement/${record.id}`, { fields: change }, record.revision), ['/assessments', '/records/requirement']);
  const save = (change: Record<string, unknown>, done?: () => void) => send.mutate(change, { onSuccess: () => { say(t('records:saved')); done?.(); } });
  const field = (name: string): Field | undefined => kind?.fields.find((one) => one.name === name);
  const applies = fields.applicable !== false && !excluding;
  const status = field('status')?.values ?? [];
  const trace = page.data?.record.fields.trace as string | undefined;
  const services = listOf(fields.services);
  const serviceField = field('services');
  const itemKey = String(fields.item);
  const links = (name: string) => {
    const declared = field(name);
    if (!declared) return null;
    const ids = listOf(fields[name]);
    return (
      <section className="panel-part">
        <h3>{format.text(declared.title)} <span className="ink3">{t('pieces', { count: ids.length })}</span></h3>
        {ids.length > 0 && <ul className="value-list">{ids.map((id) => <li key={id}><A to={recordPath(declared.to ?? '', id)}>{labelOf(declared, id, labels)}</A></li>)}</ul>}
        {editable && <Picker field={declared} value={ids} labels={labels} ariaLabel={format.text(declared.title)} onChange={(value) => save({ [name]: value })} />}
      </section>
    );
  };
  return (
    <aside className="side-panel item-panel" aria-label={format.text(row.title)}>
      <header className="panel-head">
        <div className="row between">
          <code>{row.ref}</code>
          <button type="button" className="plain-button" onClick={onClose} aria-label={t('action.close')}><X size={16} aria-hidden /></button>
        </div>
        <h2>{format.text(row.title)}</h2>
        {fields.must_reach && <StateBadge tone="warn" plain>{format.text(field('must_reach')?.title)}</StateBadge>}
      </header>
      <div className="panel-body">
        {send.error && <Message tone="miss" title={send.error.errors[0]?.message ?? send.error.message} />}
        <div className="panel-pair">
          <Select label={format.text(field('applicable')?.title)} disabled={!editable} allowDeselect={false} data={[{ value: 'yes', label: t('apply') }, { value: 'no', label: t('exclude') }]} value={applies ? 'yes' : 'no'} onChange={(next) => {
            if (next === 'no') setExcluding(true);
            else { setExcluding(false); if (fields.applicable === false) save({ applicable: true, status: 'unassessed' }); }
          }} />
          {applies && <Select label={format.text(field('status')?.title)} disabled={!editable} allowDeselect={false} data={status.filter((one) => one.id !== 'not-applicable').map((one) => ({ value: one.id, label: format.text(one.title) }))} value={fields.status ?? 'unassessed'} onChange={(next) => next && save({ status: next })} />}
        </div>
        {!applies && (
          <div className="stack">
            <Textarea label={format.text(field('exclusion_reason')?.title)} description={format.text(field('exclusion_reason')?.hint)} required autosize minRows={3} disabled={!editable} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus={excluding || undefined} />
            {editable && <div className="row"><Button size="xs" disabled={!reason.trim() || (!excluding && reason === fields.exclusion_reason)} loading={send.isPending} onClick={() => save({ applicable: false, exclusion_reason: reason.trim(), status: 'not-applicable' }, () => setExcluding(false))}>{t('excludeSave')}</Button>{excluding && <Button size="xs" variant="default" onClick={() => setExcluding(false)}>{t('action.cancel')}</Button>}</div>}
          </div>
        )}
        <section className="panel-part">
          <h3>{t('why')}</h3>
          {row.reasons.length > 0 && <p>{row.reasons.map((one) => one.label).join(t('records:comma'))}</p>}
          {trace && <p className="prose ink2 panel-trace">{trace}</p>}
          <ul className="row wrap">
            {serviceField && services.slice(0, 4).map((id) => <li key={id}><A to={`/services/${id}/chain?item=${encodeURIComponent(itemKey)}`}>{t('explain', { service: labelOf(serviceField, id, labels) })}</A></li>)}
          </ul>
          {row.reasons.length === 0 && !trace && services.length === 0 && <p className="ink2">{t('whyNone')}</p>}
        </section>
        <Textarea label={format.text(field('what_we_do')?.title)} autosize minRows={3} maxRows={10} disabled={!editable} value={work ?? fields.what_we_do ?? ''} onChange={(event) => setWork(event.currentTarget.value)} onBlur={() => work !== null && work !== (fields.what_we_do ?? '') && save({ what_we_do: work || null }, () => setWork(null))} description={work !== null && work !== (fields.what_we_do ?? '') ? t('savesOnLeave') : undefined} />
        <div className="panel-pair">
          {field('responsible') && <Picker field={field('responsible') as Field} value={fields.responsible} labels={labels} label={format.text(field('responsible')?.title)} disabled={!editable} onChange={(value) => save({ responsible: value })} />}
          <TextInput type="date" label={format.text(field('due_on')?.title)} disabled={!editable} defaultValue={fields.due_on ?? ''} key={fields.due_on ?? ''} onBlur={(event) => (event.currentTarget.value || null) !== (fields.due_on ?? null) && save({ due_on: event.currentTarget.value || null })} />
        </div>
        {links('safeguards')}
        {links('evidence')}
        {row.stale && <Message tone="warn" title={t('staleTitle')}>{t('staleText')}</Message>}
        {row.mapped.length > 0 && (
          <section className="panel-part">
            <h3>{t('mapped')}</h3>
            <ul className="panel-chips">
              {row.mapped.map((one) => <li key={one.key}><A to={itemPath(one.key)} className="mono">{one.ref}</A></li>)}
              {(row.mapped_total ?? 0) > row.mapped.length && <li><A to={itemPath(row.key ?? itemKey)}>{t('others', { count: (row.mapped_total ?? 0) - row.mapped.length })}</A></li>}
            </ul>
          </section>
        )}
      </div>
      <footer className="panel-foot">
        <span className="hint grow">{t('records:updated')} {format.dateTime(record.updated_at)}</span>
        <A to={itemPath(row.key ?? itemKey)}>{t('openItem')}</A>
        <A to={recordPath('requirement', record.id)}>{t('openRecord')}</A>
      </footer>
    </aside>
  );
}
