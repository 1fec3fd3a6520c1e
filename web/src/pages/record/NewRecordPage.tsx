// A new record of any kind. What the address carries (?assessment=…) fills the fields of that name.
import { Button } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, recordOf } from '@/api/client';
import { useKind, useKinds, useSend } from '@/api/queries';
import type { GenmeiRecord, Kind } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { recordPath, useGo, useParam, useSearch } from '@/app/navigation';
import { say } from '@/app/notices';
import { PageLoading } from '@/app/shell/Frame';
import { useTitle } from '@/app/title';
import { RecordHeader } from '@/design/RecordHeader';
import { EmptyState, Message } from '@/design/States';
import { RecordForm } from './RecordForm';
import { useDraft } from './draft';
import './record.css';

export default function NewRecordPage() {
  const { t } = useTranslation('records');
  const kindId = useParam('kind');
  const kinds = useKinds();
  const kind = useKind(kindId);
  if (!kind) return kinds.data ? <div className="page"><EmptyState heading="h1" title={t('noKind')} /></div> : <PageLoading />;
  return <NewRecord key={kindId} kind={kind} />;
}

function NewRecord({ kind }: { kind: Kind }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const go = useGo();
  const moment = useAsOf();
  const [search] = useSearch();
  const name = format.text(kind.title);
  useTitle(t('newTitle', { kind: name }));
  const start = useMemo(() => {
    const fields: Record<string, unknown> = {};
    for (const field of kind.fields) {
      if (field.default !== undefined) fields[field.name] = field.default;
      const given = search[field.name];
      if (given) fields[field.name] = field.type === 'refs' || field.type === 'catalogues' ? given.split(',') : given;
    }
    return fields;
  }, [kind, search]);
  const draft = useDraft(`draft/${kind.id}/new`, null);
  const key = useRef(crypto.randomUUID());
  const send = useSend((fields: Record<string, unknown>) => api.post<GenmeiRecord | { record: GenmeiRecord }>(`/records/${kind.id}`, { fields }, { idempotencyKey: key.current }).then(recordOf<GenmeiRecord>));
  const fields = { ...start, ...draft.fields };
  const submit = async () => {
    try {
      const record = await send.mutateAsync(fields);
      draft.clear();
      say(t('created', { number: record.number }));
      go(recordPath(kind.id, record.id), { replace: true });
    } catch {
      // A refused attempt is a new attempt next time.
      key.current = crypto.randomUUID();
      window.setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 50);
    }
  };
  useKeys([{ keys: 'mod+Enter', label: t('create'), run: () => void submit(), anywhere: true }]);
  const named = new Set(kind.fields.map((field) => field.name));
  const other = send.error?.errors.filter((one) => !named.has(one.place.replace(/^\/(fields\/)?/, ''))) ?? [];
  return (
    <div className="page page-form">
      <RecordHeader crumbs={[{ label: t('nav.registers'), to: '/registers' }, { label: format.text(kind.plural), to: `/records/${kind.id}` }]} title={t('newTitle', { kind: name })} />
      <p className="ink2 new-purpose">{format.text(kind.purpose)}</p>
      <form className="record-form stack loose" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        {draft.found && <Message tone="info" title={t('draft.found', { time: format.dateTime(draft.found.at) })} action={<Button size="xs" variant="default" onClick={draft.clear}>{t('draft.drop')}</Button>} />}
        <RecordForm kind={kind} fields={fields} labels={{}} error={send.error} onChange={draft.change} />
        {send.error && <Message tone="miss" title={t('error.save')}>{[send.error.message, ...other.map((one) => one.message)].filter((one, index, all) => all.indexOf(one) === index).join(' ')}</Message>}
        <div className="form-foot">
          <span className="hint grow">{Object.keys(draft.fields).length > 0 ? t('draft.keptNew') : t('newHint')}</span>
          <Button variant="default" onClick={() => { draft.clear(); go(`/records/${kind.id}`); }}>{t('action.cancel')}</Button>
          <Button type="submit" loading={send.isPending} disabled={moment !== null}>{t('create')}</Button>
        </div>
      </form>
    </div>
  );
}
