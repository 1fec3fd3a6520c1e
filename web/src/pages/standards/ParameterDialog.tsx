// A value of the regulation that the company may set for itself, with its reason.
import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { useSession } from '@/app/session';
import { Message } from '@/design/States';
import type { Parameter } from './model';

export function ParameterDialog({ parameter, onClose }: { parameter: Parameter; onClose: () => void }) {
  const { t } = useTranslation(['standards', 'records']);
  const format = useFormat();
  const moment = useAsOf();
  const { can } = useSession();
  const [value, setValue] = useState(parameter.value);
  const [reason, setReason] = useState('');
  const send = useSend(() => api.put(`/parameters/${encodeURIComponent(parameter.id)}`, { value, reason: reason.trim() }), ['/items', '/standards']);
  const may = can('@standards') && moment === null;
  const label = format.text(parameter.label);
  return (
    <Modal opened onClose={onClose} title={label} size={460} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); send.mutate(undefined, { onSuccess: () => { say(t('parameter.saved', { label })); onClose(); } }); }}>
        <dl className="facts">
          <dt>{t('parameter.default')}</dt><dd>{format.text(parameter.default)}</dd>
          {parameter.stricter && <><dt>{t('parameter.stricter')}</dt><dd>{t(`parameter.direction.${parameter.stricter}`, { defaultValue: parameter.stricter })}</dd></>}
          {parameter.source && <><dt>{t('parameter.source')}</dt><dd>{parameter.source}</dd></>}
        </dl>
        {(parameter.choices ?? []).length > 0
          ? <Select label={t('parameter.value')} disabled={!may} allowDeselect={false} data={(parameter.choices ?? []).map((one) => ({ value: one.id, label: format.text(one.title) }))} value={value} onChange={(next) => setValue(next ?? value)} />
          : <TextInput label={t('parameter.value')} disabled={!may} value={value} inputMode={parameter.unit ? 'numeric' : undefined} onChange={(event) => setValue(event.currentTarget.value)} data-autofocus />}
        <Textarea label={t('parameter.reason')} required disabled={!may} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {send.error && <Message tone="miss" title={send.error.errors[0]?.message ?? send.error.message} />}
        {!may && <Message tone="info" title={t('parameter.readOnly')} />}
        <div className="row dialog-foot"><Button variant="default" onClick={onClose}>{t('action.cancel')}</Button><Button type="submit" loading={send.isPending} disabled={!may || !reason.trim() || value === parameter.value}>{t('action.save')}</Button></div>
      </form>
    </Modal>
  );
}
