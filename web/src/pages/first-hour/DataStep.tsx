import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Classification } from '@/api/method';
import type { ApiError } from '@/api/problem';
import { Card } from '@/design/Card';
import { PatternSquare } from '@/design/PatternSquare';
import { DataQuestions, type Answers } from '@/pages/services/Questions';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

export function useClassification(answers: Answers) {
  return useQuery<Classification, ApiError>({
    queryKey: ['/method/classify', answers],
    queryFn: () =>
      api.post('/method/classify', {
        type: answers.service_type ?? undefined,
        personal_data: answers.personal_data ?? undefined,
        trade_secret: answers.trade_secret ?? undefined,
        stop_effect: answers.stop_effect ?? undefined,
      }),
    placeholderData: (before) => before,
  });
}

export function answersOf(setup: Setup): Answers {
  const fields = setup.service?.fields ?? {};
  return {
    service_type: fields.service_type ?? null,
    personal_data: fields.personal_data ?? null,
    trade_secret: fields.trade_secret ?? null,
    stop_effect: fields.stop_effect ?? null,
  };
}

export function DataStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation('first-hour');
  const before = answersOf(setup);
  const [answers, setAnswers] = useState<Answers>(before);
  const result = useClassification(answers);
  const name = setup.service?.fields.name ?? '';
  const complete = answers.personal_data !== null && answers.trade_secret !== null && answers.stop_effect !== null;
  const go = async () => {
    const same = JSON.stringify(before) === JSON.stringify(answers);
    const saved =
      same ||
      (await setup.saveService({
        personal_data: answers.personal_data,
        trade_secret: answers.trade_secret,
        stop_effect: answers.stop_effect,
      }));
    if (saved) setup.goTo('parts');
  };
  return (
    <StepFrame
      setup={setup}
      over={name}
      title={t('data.title')}
      sub={t('data.sub')}
      next={{ label: t('next'), run: go, disabled: !complete }}
    >
      <div className="first-two">
        <Card title={t('data.questions')}>
          <div className="stack first-questions">
            <DataQuestions answers={answers} onChange={setAnswers} />
          </div>
        </Card>
        <Card title={t('data.square')} hint={t('data.moves')}>
          <PatternSquare pattern={result.data?.pattern ?? null} name={name} candidates={result.data?.candidates} />
          <p className="hint">{t('data.integrity')}</p>
        </Card>
      </div>
    </StepFrame>
  );
}
