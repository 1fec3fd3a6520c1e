import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { A } from '@/app/navigation';

interface Props {
  crumbs: { label: string; to?: string }[];
  number?: string;
  title: ReactNode;
  state?: ReactNode;
  facts?: { label: string; value: ReactNode; tone?: 'miss' | 'warn' }[];
  actions?: ReactNode;
}

/** Crumb with id, title, state, then owner, next date, retention; actions at the right. */
export function RecordHeader({ crumbs, number, title, state, facts, actions }: Props) {
  return (
    <header className="record-header">
      <div className="grow">
        <nav className="crumbs">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 && <ChevronRight size={13} aria-hidden />}
              {crumb.to ? <A to={crumb.to}>{crumb.label}</A> : <span>{crumb.label}</span>}
            </Fragment>
          ))}
          {number && (
            <>
              <ChevronRight size={13} aria-hidden />
              <code>{number}</code>
            </>
          )}
        </nav>
        <div className="row wrap record-title">
          <h1>{title}</h1>
          {state}
        </div>
        {facts && facts.length > 0 && (
          <dl className="record-facts">
            {facts.map((fact) => (
              <div key={fact.label} className={fact.tone ? `tone-${fact.tone} strong` : undefined}>
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {actions && <div className="row wrap record-actions">{actions}</div>}
    </header>
  );
}
