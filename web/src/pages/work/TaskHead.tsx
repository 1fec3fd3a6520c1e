import { ChevronDown, ChevronLeft, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { useDue } from '@/design/due';
import { itemRef } from './TaskList';
import type { Task } from './tasks';

interface Props {
  record: Task;
  labels: Labels;
  position: number;
  count: number;
  onMove: (step: number) => void;
  onBack?: () => void;
}

/** What the task is, when it is due, what demands it; previous and next. */
export function TaskHead({ record, labels, position, count, onMove, onBack }: Props) {
  const { t } = useTranslation('work');
  const format = useFormat();
  const due = useDue();
  const { fields } = record;
  const when = due(fields.due_on);
  const label = (kind: string, key: string | undefined) => (key ? labels[`${kind}/${key}`]?.label : undefined);
  return (
    <header className="work-pane-head">
      <div className="row between">
        <span className="row hint">
          {onBack && (
            <button type="button" className="plain-button" onClick={onBack} aria-label={t('back')}>
              <ChevronLeft size={18} aria-hidden />
            </button>
          )}
          <code>{record.number}</code>{' '}
          <span className={when.late ? 'tone-miss strong' : undefined}>
            {t('dueOn', { date: when.now ? t('due.today') : format.date(fields.due_on) })} {when.lateText}
          </span>
        </span>
        <span className="row">
          <button
            type="button"
            className="plain-button"
            disabled={position <= 0}
            onClick={() => onMove(-1)}
            aria-label={t('common:keys.previous')}
          >
            <ChevronUp size={18} aria-hidden />
          </button>
          <button
            type="button"
            className="plain-button"
            disabled={position >= count - 1}
            onClick={() => onMove(1)}
            aria-label={t('common:keys.next')}
          >
            <ChevronDown size={18} aria-hidden />
          </button>
        </span>
      </div>
      <h2>{fields.title}</h2>
      {fields.why && <p className="ink2">{fields.why}</p>}
      <dl className="record-facts">
        {fields.item && (
          <div>
            <dt>{t('serves')}</dt>
            <dd>
              <A to={itemPath(fields.item)} title={label('standard-item', fields.item)} className="mono">
                {itemRef(fields.item)}
              </A>
            </dd>
          </div>
        )}
        {fields.service && (
          <div>
            <dt>{t('service')}</dt>
            <dd>
              <A to={`/services/${fields.service}`}>{label('service', fields.service)}</A>
            </dd>
          </div>
        )}
        {fields.owner && (
          <div>
            <dt>{t('owner')}</dt>
            <dd>{label('person', fields.owner)}</dd>
          </div>
        )}
        {fields.source_record && fields.source_record_kind && (
          <div>
            <dt>{t('origin')}</dt>
            <dd>
              <A to={recordPath(fields.source_record_kind, fields.source_record)}>{t('openOrigin')}</A>
            </dd>
          </div>
        )}
        {fields.recurrence && (
          <div>
            <dt>{t('repeats')}</dt>
            <dd>{t('repeatsYes')}</dd>
          </div>
        )}
      </dl>
    </header>
  );
}
