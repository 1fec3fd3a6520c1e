// Rules for passwords and sessions, the notice before log-on, language and era.
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet, useSend } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { say } from '@/app/notices';
import { Card } from '@/design/Card';
import { Skeleton } from '@/design/Skeleton';
import { ErrorState, Message } from '@/design/States';

type Values = Record<string, string | number | boolean>;

const NUMBERS = [['password_min_length', 8, 128], ['password_kinds', 2, 4], ['idle_minutes', 5, 480], ['absolute_hours', 1, 72]] as const;

export function Rules() {
  const { t } = useTranslation(['settings', 'records']);
  const moment = useAsOf();
  const answer = useGet<Values>('/settings');
  const [changed, setChanged] = useState<Values>({});
  const send = useSend(() => api.patch('/settings', changed), ['/settings']);
  const values = { ...answer.data, ...changed };
  const set = (name: string, value: string | number | boolean) => setChanged((now) => ({ ...now, [name]: value }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={6} />;
  const submit = () => send.mutate(undefined, { onSuccess: () => { setChanged({}); say(t('records:saved')); } });
  return (
    <form className="stack loose" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Card title={t('rules.password')} hint={t('rules.passwordHint')}>
        <div className="settings-grid">
          {NUMBERS.map(([name, low, high]) => (
            <TextInput key={name} type="number" min={low} max={high} label={t(`rules.${name}`)} description={t('rules.range', { low, high })} value={String(values[name] ?? '')} error={send.error?.forField(name)} onChange={(event) => set(name, Number(event.currentTarget.value))} />
          ))}
          <Switch label={t('rules.password_strict_letters')} checked={values.password_strict_letters === true} onChange={(event) => set('password_strict_letters', event.currentTarget.checked)} />
        </div>
      </Card>
      <Card title={t('rules.notice')} hint={t('rules.noticeHint')}>
        <div className="settings-grid">
          <Textarea label={t('rules.notice_ja')} lang="ja" autosize minRows={3} maxLength={2000} value={String(values.notice_ja ?? '')} onChange={(event) => set('notice_ja', event.currentTarget.value)} />
          <Textarea label={t('rules.notice_en')} lang="en" autosize minRows={3} maxLength={2000} value={String(values.notice_en ?? '')} onChange={(event) => set('notice_en', event.currentTarget.value)} />
        </div>
      </Card>
      <Card title={t('rules.words')}>
        <div className="settings-grid">
          <Select label={t('rules.language')} allowDeselect={false} data={[{ value: 'ja', label: t('language.ja') }, { value: 'en', label: t('language.en') }]} value={String(values.language ?? 'ja')} onChange={(next) => next && set('language', next)} />
          <Switch label={t('rules.era_dates')} checked={values.era_dates === true} onChange={(event) => set('era_dates', event.currentTarget.checked)} />
        </div>
      </Card>
      {send.error && <Message tone="miss" title={send.error.message}>{send.error.errors.map((one) => one.message).filter((one) => one !== send.error?.message).join(' ')}</Message>}
      <div className="row dialog-foot">
        <Button variant="default" disabled={Object.keys(changed).length === 0} onClick={() => setChanged({})}>{t('action.cancel')}</Button>
        <Button type="submit" loading={send.isPending} disabled={Object.keys(changed).length === 0 || moment !== null}>{t('action.save')}</Button>
      </div>
    </form>
  );
}
