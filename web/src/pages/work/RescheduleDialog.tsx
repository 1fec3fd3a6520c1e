import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import { isoDay, toDate, today, useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Message } from '@/design/States';
import type { Task } from './tasks';

/** Another day; an overdue task wants a reason, which stays as a comment. */
export function RescheduleDialog({ record, onClose }: { record: Task; onClose: () => void }) {
  const { t } = useTranslation('work');
  const format = useFormat();
  const late = (record.fields.due_on ?? today()) < today();
  const start = toDate(late ? today() : (record.fields.due_on ?? today()));
  start.setDate(start.getDate() + 7);
  const [day, setDay] = useState(isoDay(start));
  const [reason, setReason] = useState('');
  const move = useSend(async () => {
    if (reason.trim())
      await api.post(`/records/task/${record.id}/comments`, {
        text: t('movedComment', { date: format.date(day), reason: reason.trim() }),
      });
    return api.patch(`/records/task/${record.id}`, { fields: { due_on: day } }, record.revision);
  });
  const submit = async () => {
    try {
      await move.mutateAsync(undefined);
      say(t('moved', { date: format.date(day) }));
      onClose();
    } catch {
      // Shown below.
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reschedule')}
      size={440}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <form
        className="stack loose"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          type="date"
          label={t('newDay')}
          value={day}
          min={today()}
          onChange={(event) => setDay(event.currentTarget.value)}
          required
          data-autofocus
        />
        <Textarea
          label={t('reason')}
          description={late ? t('reasonLate') : undefined}
          autosize
          minRows={2}
          required={late}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {move.error && <Message tone="miss" title={move.error.message} />}
        <div className="row dialog-foot">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={move.isPending} disabled={!day || (late && !reason.trim())}>
            {t('moveTo')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
