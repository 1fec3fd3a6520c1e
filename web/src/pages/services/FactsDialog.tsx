// A change of the facts of a service. The square moves at once; what would be added, removed or changed among the duties
// is shown before anything is written.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Classification, Delta, ServiceProfile } from '@/api/method';
import { useSend } from '@/api/queries';
import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/problem';
import { say } from '@/app/notices';
import { PatternSquare } from '@/design/PatternSquare';
import { Message } from '@/design/States';
import { DeltaView } from './DeltaView';
import { Questions, type Answers } from './Questions';

export function FactsDialog({ profile, onClose }: { profile: ServiceProfile; onClose: () => void }) {
  const { t } = useTranslation('services');
  const { service } = profile;
  const start: Answers = {
    service_type: (service.fields.service_type as string | undefined) ?? null,
    personal_data: (service.fields.personal_data as boolean | undefined) ?? null,
    trade_secret: (service.fields.trade_secret as boolean | undefined) ?? null,
    stop_effect: (service.fields.stop_effect as string | undefined) ?? null,
  };
  const [answers, setAnswers] = useState<Answers>(start);
  const changed = Object.fromEntries(
    Object.entries(answers).filter(([name, value]) => value !== start[name as keyof Answers]),
  );
  const dirty = Object.keys(changed).length > 0;
  const result = useQuery<Classification, ApiError>({
    queryKey: ['/method/classify', answers],
    queryFn: () =>
      api.post('/method/classify', {
        type: answers.service_type,
        personal_data: answers.personal_data,
        trade_secret: answers.trade_secret,
        stop_effect: answers.stop_effect,
      }),
    placeholderData: (before) => before,
  });
  const standards = (service.fields.standards as string[] | undefined) ?? [];
  const delta = useSend(
    (apply: boolean) => api.post<Delta>(`/services/${service.id}/plan`, { changes: changed, standards, apply }),
    ['/nothing'],
  );
  const apply = useSend(() =>
    api.post<Delta>(`/services/${service.id}/plan`, { changes: changed, standards, apply: true }),
  );
  const write = async () => {
    await apply.mutateAsync(undefined);
    say(t('applied'));
    onClose();
  };
  const pattern = result.data?.pattern ?? null;
  const saved = profile.classification.pattern;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('changeFacts')}
      size={860}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <div className="facts-dialog">
        <Questions
          answers={answers}
          onChange={(next) => {
            setAnswers(next);
            delta.reset();
          }}
        />
        <div className="stack loose">
          <PatternSquare
            pattern={pattern}
            saved={saved !== pattern ? saved : undefined}
            name={String(service.fields.name)}
            candidates={result.data?.candidates}
          />
          {saved !== pattern && (
            <Message tone="info" title={t('patternMoves', { from: saved ?? '–', to: pattern ?? '–' })} />
          )}
        </div>
      </div>
      {delta.error && <Message tone="miss" title={delta.error.message} />}
      {apply.error && <Message tone="miss" title={apply.error.message} />}
      {delta.data && <DeltaView delta={delta.data} />}
      <div className="row dialog-foot">
        <Button variant="default" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        {delta.data ? (
          <Button onClick={() => void write()} loading={apply.isPending}>
            {t('apply')}
          </Button>
        ) : (
          <Button onClick={() => delta.mutate(false)} disabled={!dirty} loading={delta.isPending}>
            {t('seeDelta')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
