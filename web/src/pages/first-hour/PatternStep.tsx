import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceProfile } from '@/api/method';
import { useGet } from '@/api/queries';
import { useFormat } from '@/app/format';
import { Card } from '@/design/Card';
import { PatternSquare } from '@/design/PatternSquare';
import { Message } from '@/design/States';
import { Reasons } from '@/pages/services/Reasons';
import { answersOf, useClassification } from './DataStep';
import { JudgeDialog } from './JudgeDialog';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

/** The pattern in a sentence, its place, and the way from each answer to it. */
export function PatternStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation(['first-hour', 'services']);
  const format = useFormat();
  const [judging, setJudging] = useState(false);
  const answers = answersOf(setup);
  const result = useClassification(answers);
  const profile = useGet<ServiceProfile>(
    `/services/${setup.serviceId ?? ''}/profile`,
    {},
    { enabled: Boolean(setup.serviceId) },
  );
  const name = setup.service?.fields.name ?? '';
  const classification = profile.data?.classification.pattern ? profile.data.classification : result.data;
  const pattern = classification?.pattern ?? null;
  const counts = profile.data?.counts;
  return (
    <StepFrame
      setup={setup}
      over={name}
      title={pattern ? t('patternStep.title', { n: pattern }) : t('patternStep.open')}
      sub={pattern ? t('patternStep.sub') : t('patternStep.openSub')}
      next={{ label: pattern ? t('patternStep.go') : t('patternStep.goOpen'), run: () => setup.goTo('standards') }}
      second={
        <Button variant="default" size="md" onClick={() => setJudging(true)}>
          {pattern ? t('patternStep.change') : t('patternStep.judge')}
        </Button>
      }
    >
      <div className="first-two">
        <Card title={t('data.square')}>
          <PatternSquare pattern={pattern} name={name} candidates={classification?.candidates} />
          <p className="hint">{t('data.integrity')}</p>
        </Card>
        <Card
          title={t('patternStep.why')}
          side={
            <button type="button" className="plain-button text-link" onClick={() => setup.goTo('data')}>
              {t('action.edit')}
            </button>
          }
        >
          {classification && <Reasons classification={classification} />}
          {!pattern && classification && classification.candidates.length > 0 && (
            <Message tone="warn" title={t('patternStep.candidates', { list: classification.candidates.join('、') })} />
          )}
        </Card>
        {counts && (
          <Card title={t('patternStep.decides')} className="first-wide">
            <ul className="counts">
              {(['assets', 'threats', 'controls', 'requirements'] as const).map((key) => (
                <li key={key}>
                  <b>{format.number(counts[key])}</b>
                  <span>{t(`services:count.${key}`)}</span>
                </li>
              ))}
            </ul>
            <p className="hint">
              <span className="must" aria-hidden>
                ＊
              </span>{' '}
              {t('patternStep.must')}
            </p>
          </Card>
        )}
      </div>
      {judging && <JudgeDialog setup={setup} pattern={pattern} onClose={() => setJudging(false)} />}
    </StepFrame>
  );
}
