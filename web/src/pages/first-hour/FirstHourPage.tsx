// Know where we stand within ten minutes: seven steps, each saved when it is left, each can be taken up again.
import { Progress, UnstyledButton } from '@mantine/core';
import { Check, Languages } from 'lucide-react';
import { useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/app/format';
import { listenForKeys } from '@/app/keys';
import { useGo } from '@/app/navigation';
import { languageStore } from '@/app/preferences';
import { NoticeBar } from '@/app/shell/NoticeBar';
import { PageLoading } from '@/app/shell/Frame';
import { useTitle } from '@/app/title';
import { ErrorState } from '@/design/States';
import { DataStep } from './DataStep';
import { OrganisationStep } from './OrganisationStep';
import { PartsStep } from './PartsStep';
import { PatternStep } from './PatternStep';
import { PlanStep } from './PlanStep';
import { ServiceStep } from './ServiceStep';
import { StandardsStep } from './StandardsStep';
import { STEPS, useSetup, type Setup, type Step } from './useSetup';
import './first-hour.css';
import '@/pages/services/services.css';

const MINUTES: Record<Step, number> = {
  organisation: 9,
  service: 8,
  data: 6,
  parts: 5,
  pattern: 3,
  standards: 2,
  plan: 1,
};

const pages: Record<Step, ComponentType<{ setup: Setup }>> = {
  organisation: OrganisationStep,
  service: ServiceStep,
  data: DataStep,
  parts: PartsStep,
  pattern: PatternStep,
  standards: StandardsStep,
  plan: PlanStep,
};

export default function FirstHourPage() {
  const { t } = useTranslation('first-hour');
  const format = useFormat();
  const go = useGo();
  const setup = useSetup();
  const main = useRef<HTMLElement>(null);
  const at = STEPS.indexOf(setup.step);
  const Page = pages[setup.step];
  useTitle(t('title'));
  useEffect(listenForKeys, []);
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    main.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [setup.step]);
  const close = () => {
    sessionStorage.setItem('first-hour-closed', '1');
    go('/');
  };
  const sub = (step: Step): string => {
    if (step === setup.step) return t('here');
    if (step === 'organisation') return setup.organisation?.fields.name ?? t('hint.organisation');
    if (step === 'service') return setup.service?.fields.name ?? t('hint.service');
    if (step === 'pattern' && setup.service?.fields.pattern) return t('pattern.n', { n: setup.service.fields.pattern });
    return t(`hint.${step}`);
  };
  return (
    <div className="first-hour">
      <header className="first-top">
        <span className="brand-mark" aria-hidden>
          {t('brand.mark')}
        </span>
        <strong>{t('title')}</strong>
        <span className="hint grow" role="status">
          {setup.saving
            ? t('saving')
            : setup.savedAt
              ? t('saved', { time: format.time(setup.savedAt.toISOString()) })
              : ''}
        </span>
        <UnstyledButton
          className="text-link row"
          onClick={() => languageStore.set(format.language === 'ja' ? 'en' : 'ja')}
          lang={format.language === 'ja' ? 'en' : 'ja'}
        >
          <Languages size={15} aria-hidden />
          {t(`language.${format.language === 'ja' ? 'en' : 'ja'}`)}
        </UnstyledButton>
        <UnstyledButton className="text-link" onClick={close}>
          {t('close')}
        </UnstyledButton>
      </header>
      <nav className="first-steps" aria-label={t('steps')}>
        <div className="row between hint">
          <span>{t('stepOf', { step: at + 1, total: STEPS.length })}</span>
          <span>{t('left', { minutes: MINUTES[setup.step] })}</span>
        </div>
        <Progress
          value={((at + 1) / STEPS.length) * 100}
          size={4}
          radius={2}
          aria-label={t('stepOf', { step: at + 1, total: STEPS.length })}
        />
        <ol>
          {STEPS.map((step, index) => {
            const done = index < setup.reached && index !== at;
            const open = index <= setup.reached && (index < 2 || Boolean(setup.serviceId));
            return (
              <li
                key={step}
                data-state={index === at ? 'now' : done ? 'done' : undefined}
                aria-current={index === at ? 'step' : undefined}
              >
                <span className="step-dot" aria-hidden>
                  {done ? <Check size={14} strokeWidth={2.4} /> : index + 1}
                </span>
                <button
                  type="button"
                  className="plain-button"
                  disabled={!open || index === at}
                  onClick={() => setup.goTo(step)}
                >
                  <span>{t(`step.${step}`)}</span>
                  <span className="hint clip">{sub(step)}</span>
                </button>
              </li>
            );
          })}
        </ol>
        <p className="hint first-note">{t('note')}</p>
      </nav>
      <main className="first-main" ref={main} id="main">
        {setup.loadError ? (
          <ErrorState error={setup.loadError} page />
        ) : setup.ready ? (
          <Page key={`${setup.step}${setup.serviceId ?? ''}`} setup={setup} />
        ) : (
          <PageLoading />
        )}
      </main>
      <NoticeBar />
    </div>
  );
}
