// Who changed what and when, newest first, each with its place in the ledger; choosing one shows the product of then.
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Labels, Revision } from '@/api/types';
import { lookAt, useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { A } from '@/app/navigation';
import { Diff } from '@/design/Diff';
import { textOf } from './values';

interface Props {
  kind: Kind;
  revisions: Revision[];
  labels: Labels;
  id: string;
}

/** The revision that held at a moment. */
export const revisionAt = (revisions: Revision[], moment: string | null): Revision | undefined => (moment ? revisions.find((one) => one.at <= moment) : revisions[0]);

export function useActionWords(kind: Kind | undefined): (action: string) => string {
  const { t } = useTranslation('records');
  const format = useFormat();
  return (action) => {
    const [name = '', transition] = action.split(':');
    if (name === 'transition') return format.text(kind?.workflow.transitions.find((one) => one.id === transition)?.title) || (transition ?? '');
    return t(`did.${name}`, { defaultValue: action });
  };
}

export function History({ kind, revisions, labels, id }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const moment = useAsOf();
  const words = useActionWords(kind);
  const [open, setOpen] = useState<number | null>(null);
  const shown = revisionAt(revisions, moment);
  const at = shown ? revisions.indexOf(shown) : revisions.length;
  const show = (index: number) => {
    const revision = revisions[index];
    if (revision) lookAt(index === 0 ? null : revision.at);
  };
  useKeys([
    { keys: '[', label: t('history.older'), run: () => show(Math.min(at + 1, revisions.length - 1)) },
    { keys: ']', label: t('history.newer'), run: () => show(Math.max(at - 1, 0)) },
    { keys: 'Home', label: t('history.first'), run: () => show(revisions.length - 1) },
    { keys: 'End', label: t('history.now'), run: () => show(0) },
  ]);
  const valueOf = (name: string, value: unknown) => {
    if (name === 'state') return format.text(kind.workflow.states.find((state) => state.id === value)?.title) || String(value ?? '');
    const field = kind.fields.find((one) => one.name === name);
    const text = field ? textOf(field, value, labels, format, t) : String(value ?? '');
    return text.length > 160 ? `${text.slice(0, 160)}…` : text;
  };
  const titleOfField = (name: string) => (name === 'state' ? t('state') : format.text(kind.fields.find((one) => one.name === name)?.title) || name);
  return (
    <section className="history" aria-labelledby={`history-${id}`}>
      <header className="history-head">
        <h2 id={`history-${id}`}>{t('history.title')}</h2>
        <span className="hint">{t('history.count', { count: revisions.length })}</span>
      </header>
      {revisions.length > 1 && (
        <input type="range" className="history-slider" min={0} max={revisions.length - 1} step={1} value={revisions.length - 1 - Math.min(at, revisions.length - 1)} aria-label={t('history.slider')} aria-valuetext={shown ? format.dateTime(shown.at) : ''} onChange={(event) => show(revisions.length - 1 - Number(event.currentTarget.value))} />
      )}
      <ol className="history-list">
        {revisions.map((revision, index) => {
          const later = index < at;
          const current = index === at;
          const changes = revision.changes ?? [];
          return (
            <li key={revision.revision} className={later ? 'later' : undefined} aria-current={current ? 'true' : undefined}>
              <button type="button" className="plain-button history-what" onClick={() => show(index)}>{revision.comment || words(revision.action)}</button>
              <div className="hint">{format.dateTime(revision.at)}</div>
              <div className="hint row wrap">
                <span>{revision.actor.name}</span><span>{t('history.revision', { n: revision.revision })}</span>
                {revision.ledger && <A to={`/ledger?record=${id}`} className="row history-ledger" aria-label={t('history.ledger', { index: format.number(revision.ledger.index) })}><Link2 size={12} aria-hidden />{format.number(revision.ledger.index)}</A>}
              </div>
              {current && moment && <div className="strong history-here">{t('history.here')}</div>}
              {changes.length > 0 && revision.action !== 'create' && (
                <>
                  <button type="button" className="plain-button text-link" aria-expanded={open === revision.revision} onClick={() => setOpen(open === revision.revision ? null : revision.revision)}>{t('history.changes', { count: changes.length })}</button>
                  {open === revision.revision && (
                    <dl className="history-changes">
                      {changes.map((change) => (
                        <div key={change.field}><dt>{titleOfField(change.field)}</dt><dd><Diff before={valueOf(change.field, change.before)} after={valueOf(change.field, change.after)} /></dd></div>
                      ))}
                    </dl>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ol>
      {shown && <p className="hint history-digest">{t('history.digest')} <code title={shown.digest}>{shown.digest.slice(0, 24)}…</code></p>}
    </section>
  );
}
