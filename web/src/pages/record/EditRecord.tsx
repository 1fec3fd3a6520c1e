// Changing a record: drafts are kept in the browser, only changed fields are sent, and both versions are shown when
// somebody else saved first.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, recordOf } from '@/api/client';
import { useSend } from '@/api/queries';
import type { GenmeiRecord, Kind, RecordPage } from '@/api/types';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { say } from '@/app/notices';
import { Message } from '@/design/States';
import { ConflictDialog, type Conflict } from './ConflictDialog';
import { RecordForm } from './RecordForm';
import { useDraft } from './draft';

interface Sent {
  fields: Record<string, unknown>;
  revision: number;
}

export function EditRecord({ kind, page, onClose }: { kind: Kind; page: RecordPage; onClose: () => void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { record, labels } = page;
  const draft = useDraft(`draft/${kind.id}/${record.id}`, record.revision);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  // The revision that was on the page when the writing began, also after the page is read again underneath.
  const [base] = useState(draft.found?.revision ?? record.revision);
  const send = useSend((sent: Sent) => api.patch<GenmeiRecord | { record: GenmeiRecord }>(`/records/${kind.id}/${record.id}`, { fields: sent.fields }, sent.revision).then(recordOf<GenmeiRecord>));
  const count = Object.keys(draft.fields).length;
  const save = async (fields: Record<string, unknown>, revision: number) => {
    try {
      await send.mutateAsync({ fields, revision });
      draft.clear();
      setConflict(null);
      say(t('saved'));
      onClose();
    } catch (error) {
      const body = (error as { status?: number; body?: unknown }).status === 412 ? ((error as { body?: unknown }).body as Partial<Conflict>) : null;
      if (body?.theirs) setConflict({ yours: fields, theirs: body.theirs, base: body.base });
      else window.setTimeout(() => document.querySelector<HTMLElement>('[data-error], [aria-invalid="true"]')?.focus(), 50);
    }
  };
  const submit = () => (count === 0 ? onClose() : void save(draft.fields, base));
  useKeys([
    { keys: 'mod+s', label: t('action.save'), run: submit, anywhere: true },
    { keys: 'mod+Enter', label: t('action.save'), run: submit, anywhere: true },
  ]);
  const named = new Set(kind.fields.map((field) => field.name));
  const other = send.error?.errors.filter((one) => !named.has(one.place.replace(/^\/(fields\/)?/, ''))) ?? [];
  return (
    <form className="record-form stack loose" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {draft.found && <Message tone="info" title={t('draft.found', { time: format.dateTime(draft.found.at) })} action={<Button size="xs" variant="default" onClick={draft.clear}>{t('draft.drop')}</Button>} />}
      <RecordForm kind={kind} fields={{ ...record.fields, ...draft.fields }} labels={labels} error={send.error} onChange={draft.change} />
      {send.error && send.error.status !== 412 && <Message tone="miss" title={t('error.save')}>{[send.error.message, ...other.map((one) => one.message)].filter((one, index, all) => all.indexOf(one) === index).join(' ')}</Message>}
      <div className="form-foot">
        <span className="hint grow">{count > 0 ? t('draft.kept', { count }) : t('draft.none')}</span>
        <Button variant="default" onClick={() => { draft.clear(); onClose(); }}>{t('action.cancel')}</Button>
        <Button type="submit" loading={send.isPending} disabled={count === 0}>{t('action.save')}</Button>
      </div>
      {conflict && <ConflictDialog kind={kind} conflict={conflict} labels={labels} onClose={() => setConflict(null)} onSave={(fields, revision) => void save(fields, revision)} />}
    </form>
  );
}
