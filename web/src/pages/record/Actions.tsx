// What the workflow allows: buttons for what this person may do, disabled ones with the reason in words for the rest.
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import type { GenmeiRecord, Kind, RecordAction, Transition } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Message } from '@/design/States';

interface Props {
  kind: Kind;
  record: GenmeiRecord;
  actions: RecordAction[];
  onDone?: () => void;
}

export function Actions({ kind, record, actions, onDone }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const moment = useAsOf();
  const [asked, setAsked] = useState<Transition | null>(null);
  const known = actions.flatMap((action) => {
    const transition = kind.workflow.transitions.find((one) => one.id === action.transition);
    return transition && (transition.from.length === 0 || transition.from.includes(record.state)) ? [{ action, transition }] : [];
  });
  const first = known.find(({ action, transition }) => action.allowed && transition.comment !== 'required')?.transition.id;
  return (
    <>
      {known.map(({ action, transition }) => (
        <Button
          key={transition.id}
          variant={transition.id === first ? 'filled' : 'default'}
          disabled={!action.allowed || moment !== null}
          aria-describedby={action.allowed ? undefined : `why-${transition.id}`}
          onClick={() => setAsked(transition)}
        >
          {format.text(transition.title)}
        </Button>
      ))}
      {asked && <TransitionDialog kind={kind} record={record} transition={asked} onClose={() => setAsked(null)} onDone={onDone} label={t('transitionTo', { state: format.text(kind.workflow.states.find((state) => state.id === asked.to)?.title) })} />}
    </>
  );
}

/** Why some of the actions are not this person's: one line each, so that nobody has to guess. */
export function ActionReasons({ kind, record, actions }: Pick<Props, 'kind' | 'record' | 'actions'>) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const refused = actions.flatMap((action) => {
    const transition = kind.workflow.transitions.find((one) => one.id === action.transition);
    return !action.allowed && action.reason && transition && (transition.from.length === 0 || transition.from.includes(record.state)) ? [{ id: transition.id, title: format.text(transition.title), reason: action.reason }] : [];
  });
  if (refused.length === 0) return null;
  return (
    <ul className="action-reasons hint">
      {refused.map((one) => <li key={one.id} id={`why-${one.id}`}>{t('notAllowed', { action: one.title, reason: one.reason })}</li>)}
    </ul>
  );
}

function TransitionDialog({ kind, record, transition, label, onClose, onDone }: { kind: Kind; record: GenmeiRecord; transition: Transition; label: string; onClose: () => void; onDone?: () => void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [comment, setComment] = useState('');
  const needed = transition.comment === 'required';
  const title = format.text(transition.title);
  const send = useSend(() => api.post(`/records/${kind.id}/${record.id}/transitions/${transition.id}`, { comment: comment.trim() }, { revision: record.revision }));
  const submit = async () => {
    try {
      await send.mutateAsync(undefined);
      say(t('transitionDone', { action: title }));
      onDone?.();
      onClose();
    } catch {
      // Shown below.
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={460} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <p>{label}</p>
        {transition.comment !== 'none' && <Textarea label={t('comment')} description={needed ? t('commentNeeded') : t('commentKept')} required={needed} autosize minRows={3} value={comment} onChange={(event) => setComment(event.currentTarget.value)} data-autofocus />}
        {send.error && <Message tone="miss" title={send.error.message}>{send.error.errors.map((one) => one.message).filter((one) => one !== send.error?.message).join(' ')}</Message>}
        <div className="row dialog-foot">
          <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" loading={send.isPending} disabled={needed && !comment.trim()}>{title}</Button>
        </div>
      </form>
    </Modal>
  );
}
