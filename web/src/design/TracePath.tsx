import { Fragment } from 'react';
import { A } from '@/app/navigation';

export interface TraceStep {
  kind: string;
  label: string;
  to?: string;
  current?: boolean;
}

/** Three to seven boxes with arrows, the current one indigo; each opens. Turns vertical in narrow places. */
export function TracePath({ steps, label }: { steps: TraceStep[]; label: string }) {
  return (
    <ol className="trace" aria-label={label}>
      {steps.map((step, index) => (
        <Fragment key={`${step.kind}-${index}`}>
          <li className="trace-step" aria-current={step.current ? 'step' : undefined}>
            <span className="hint">{step.kind}</span>
            {step.to ? <A to={step.to}>{step.label}</A> : <span>{step.label}</span>}
          </li>
        </Fragment>
      ))}
    </ol>
  );
}
