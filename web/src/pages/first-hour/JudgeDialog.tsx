import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useRecords } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { today } from '@/app/format';
import { say } from '@/app/notices';
import { useSession } from '@/app/session';
import { Message } from '@/design/States';
import { answersOf } from './DataStep';
import type { Setup } from './useSetup';

/** A judgement by people: pattern, reason, judge, date. It goes to approval by somebody else. */
export function JudgeDialog({
  setup,
  pattern,
  onClose,
}: {
  setup: Setup;
  pattern: number | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('first-hour');
  const { session } = useSession();
  const [wanted, setWanted] = useState<string | null>(pattern ? String(pattern) : null);
  const [reason, setReason] = useState('');
  const [judge, setJudge] = useState<string | null>(session.person);
  const [day, setDay] = useState(today());
  const people = useRecords<{ name?: string }>('person', { limit: 200, sort: 'name' });
  const answers = answersOf(setup);
  const save = async () => {
    const made = await setup.write(() =>
      api.post<GenmeiRecord>('/records/service-judgement', {
        fields: {
          title: t('judge.record', { name: setup.service?.fields.name ?? '' }),
          service: setup.serviceId,
          basis: 'judged',
          personal_data: answers.personal_data,
          trade_secret: answers.trade_secret,
          stop_effect: answers.stop_effect,
          reason,
          judge,
          judged_on: day,
          pattern: Number(wanted),
        },
      }),
    );
    if (!made) return;
    say(t('judge.saved'));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('judge.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="stack loose">
        <p className="ink2">{t('judge.why')}</p>
        <Select
          label={t('judge.pattern')}
          value={wanted}
          onChange={setWanted}
          data={['1', '2', '3', '4', '5', '6'].map((n) => ({ value: n, label: t('pattern.n', { n }) }))}
          required
        />
        <Textarea
          label={t('judge.reason')}
          description={t('judge.reasonHint')}
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
        />
        <Select
          label={t('judge.judge')}
          value={judge}
          onChange={setJudge}
          data={(people.data?.items ?? []).map((one) => ({ value: one.id, label: one.fields.name ?? one.number }))}
          searchable
          required
        />
        <TextInput
          type="date"
          label={t('judge.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          required
        />
        {setup.error && (
          <Message tone="miss" title={setup.error.message}>
            {setup.error.errors.map((one) => one.message).join(' ')}
          </Message>
        )}
        <div className="row dialog-foot">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={() => void save()} disabled={!wanted || !reason.trim() || !judge} loading={setup.saving}>
            {t('judge.save')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
