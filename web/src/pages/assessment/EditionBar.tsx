// The edition being made: frozen from the grid, sent to approval, approved by somebody else.
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, recordOf } from '@/api/client';
import { useKind, useRecord, useSend } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { today, useFormat } from '@/app/format';
import { A, recordPath } from '@/app/navigation';
import { say } from '@/app/notices';
import { StateBadge } from '@/design/StateBadge';
import { Message } from '@/design/States';
import { ActionReasons, Actions } from '@/pages/record/Actions';
import { stateOf } from '@/pages/record/values';
import type { EditionSeen } from './grid';

export function EditionBar({ assessment, editions, approved, open }: { assessment: string; editions: EditionSeen[]; approved: EditionSeen | null; open: number }) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const moment = useAsOf();
  const [freezing, setFreezing] = useState(false);
  const pending = editions.find((one) => one.state === 'draft' || one.state === 'submitted');
  const kind = useKind(pending?.kind ?? '');
  const page = useRecord(pending?.kind ?? '', pending?.id ?? '', {}, { enabled: pending !== undefined });
  const state = pending ? stateOf(kind, pending.state) : undefined;
  if (pending && kind && page.data) {
    return (
      <section className="edition-bar" aria-label={t('edition.title')}>
        <div className="grow">
          <div className="row wrap"><A to={recordPath(pending.kind, pending.id)} className="strong">{t('edition.of', { edition: pending.edition })}</A>{state && <StateBadge tone={state.tone ?? 'draft'}>{format.text(state.title)}</StateBadge>}<span className="ink2">{t(`edition.${pending.state === 'submitted' ? 'submitted' : 'draft'}`)}</span></div>
          <ActionReasons kind={kind} record={page.data.record} actions={page.data.actions} />
        </div>
        <Actions kind={kind} record={page.data.record} actions={page.data.actions} />
      </section>
    );
  }
  return (
    <section className="edition-bar" aria-label={t('edition.title')}>
      <p className="grow">{approved ? t((approved.differences ?? 0) > 0 ? 'edition.changed' : 'edition.same', { edition: approved.edition, count: approved.differences ?? 0 }) : t('edition.first')} {open > 0 && t('edition.open', { count: open })}</p>
      <Button disabled={moment !== null} onClick={() => setFreezing(true)}>{t('edition.freeze')}</Button>
      {freezing && <FreezeDialog assessment={assessment} next={(editions[0]?.edition ?? 0) + 1} onClose={() => setFreezing(false)} />}
    </section>
  );
}

function FreezeDialog({ assessment, next, onClose }: { assessment: string; next: number; onClose: () => void }) {
  const { t } = useTranslation(['assessment', 'records']);
  const [day, setDay] = useState(today());
  const [summary, setSummary] = useState('');
  const send = useSend(() => api.post<GenmeiRecord | { record: GenmeiRecord }>(`/assessments/${assessment}/freeze`, { fields: { effective_on: day, ...(summary.trim() ? { summary: summary.trim() } : {}) } }).then(recordOf<GenmeiRecord>));
  const submit = () => send.mutate(undefined, { onSuccess: () => { say(t('edition.made', { edition: next })); onClose(); } });
  return (
    <Modal opened onClose={onClose} title={t('edition.make', { edition: next })} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{t('edition.makeText')}</p>
        <TextInput type="date" label={t('edition.from')} required value={day} onChange={(event) => setDay(event.currentTarget.value)} data-autofocus />
        <Textarea label={t('edition.summary')} autosize minRows={2} value={summary} onChange={(event) => setSummary(event.currentTarget.value)} />
        {send.error && <Message tone="miss" title={send.error.message}>{send.error.errors.map((one) => one.message).join(' ')}</Message>}
        <div className="row dialog-foot"><Button variant="default" onClick={onClose}>{t('action.cancel')}</Button><Button type="submit" loading={send.isPending} disabled={!day}>{t('edition.freezeNow')}</Button></div>
      </form>
    </Modal>
  );
}
