import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { DateSeal } from './DateSeal';

export interface ApprovalStep {
  id: string;
  label: string;
  /** Who signed and when; missing while the place is empty. */
  signed?: { name: string; at: string };
  /** The step that is to be taken now. */
  now?: boolean;
}

interface Props {
  steps: ApprovalStep[];
  /** One sentence: what will happen, or why it is not this person's turn. */
  sentence: ReactNode;
  digest?: string;
  ledger?: number;
  action?: ReactNode;
}

/** Written, checked, approved: each a place for a seal. */
export function ApprovalBar({ steps, sentence, digest, ledger, action }: Props) {
  const { t } = useTranslation();
  return (
    <section className="approval" aria-label={t('approval.title')}>
      <ol className="approval-steps">
        {steps.map((step) => (
          <li key={step.id} aria-current={step.now ? 'step' : undefined}>
            {step.signed ? (
              <DateSeal role={step.label} name={step.signed.name} at={step.signed.at} />
            ) : (
              <span className={`seal-place${step.now ? ' now' : ''}`}>
                {step.label}
                <span className="visually-hidden">{t(step.now ? 'approval.now' : 'approval.waiting')}</span>
              </span>
            )}
          </li>
        ))}
      </ol>
      <div className="grow">
        <p className="approval-sentence">{sentence}</p>
        {(digest || ledger !== undefined) && (
          <p className="hint">
            {ledger !== undefined && t('approval.ledger', { index: ledger })}{' '}
            {digest && <code title={digest}>{digest.slice(0, 16)}…</code>}
          </p>
        )}
      </div>
      {action}
    </section>
  );
}
