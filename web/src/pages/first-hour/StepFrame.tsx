// One step: what it is about, the question, and at the foot the way back and on. Enter goes on, Alt+← back, 1–9 choose.
import { Button } from '@mantine/core';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/app/keys';
import { Message } from '@/design/States';
import { STEPS, type Setup } from './useSetup';

interface Props {
  setup: Setup;
  over?: ReactNode;
  title: ReactNode;
  sub?: ReactNode;
  children: ReactNode;
  next: { label: string; run: () => void | Promise<void>; disabled?: boolean };
  second?: ReactNode;
}

/** Ticks the nth option of the question that has focus, or of the first one without an answer. */
function chooseOption(n: number): void {
  const questions = [...document.querySelectorAll<HTMLFieldSetElement>('.first-main fieldset.choice')];
  const here =
    questions.find((one) => one.contains(document.activeElement)) ??
    questions.find((one) => !one.querySelector('input:checked'));
  here?.querySelectorAll<HTMLInputElement>('input')[n - 1]?.click();
}

export function StepFrame({ setup, over, title, sub, children, next, second }: Props) {
  const { t } = useTranslation('first-hour');
  const at = STEPS.indexOf(setup.step);
  const before = STEPS[at - 1];
  const back = () => before && setup.goTo(before);
  const on = () => {
    if (!next.disabled && !setup.saving) void next.run();
  };
  useKeys([
    { keys: 'Enter', label: t('next'), run: on },
    { keys: 'alt+ArrowLeft', label: t('back'), run: back, anywhere: true },
    ...Array.from({ length: 9 }, (_, index) => ({
      keys: String(index + 1),
      label: index === 0 ? t('choose') : '',
      run: () => chooseOption(index + 1),
    })),
  ]);
  return (
    <form
      className="first-step"
      onSubmit={(event) => {
        event.preventDefault();
        on();
      }}
    >
      <div className="first-body">
        {over && <p className="hint">{over}</p>}
        <h1 tabIndex={-1}>{title}</h1>
        {sub && <p className="first-sub">{sub}</p>}
        {children}
        {setup.error && (
          <Message tone="miss" title={setup.error.message}>
            {setup.error.errors.map((one) => one.message).join(' ') || t('error.again')}
          </Message>
        )}
      </div>
      <footer className="first-foot">
        {before ? (
          <Button variant="subtle" leftSection={<ArrowLeft size={15} aria-hidden />} onClick={back}>
            {t('backTo', { step: t(`step.${before}`) })}
          </Button>
        ) : (
          <span />
        )}
        <span className="row">
          {second}
          <Button
            type="submit"
            size="md"
            rightSection={<ArrowRight size={16} aria-hidden />}
            disabled={next.disabled}
            loading={setup.saving}
          >
            {next.label}
          </Button>
        </span>
      </footer>
    </form>
  );
}
