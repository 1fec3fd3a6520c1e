import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Posture } from '@/api/method';
import { useCalendar, useGet, useRecords } from '@/api/queries';
import { isoDay, toDate, today, useFormat } from '@/app/format';
import { A, useGo } from '@/app/navigation';
import { useSession } from '@/app/session';
import { Avatar } from '@/design/Avatar';
import { Card } from '@/design/Card';
import { HeatMap } from '@/design/HeatMap';
import { EmptyState } from '@/design/States';
import { itemRef } from '@/pages/work/TaskList';
import type { TaskFields } from '@/pages/work/tasks';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

/** What to do first, the year, and the draft of the statement of applicability. */
export function PlanStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation(['first-hour', 'home', 'work']);
  const format = useFormat();
  const go = useGo();
  const { session, reload } = useSession();
  const made = useRecords<TaskFields>('task', {
    state: 'open',
    source_kind: 'setup',
    service: setup.serviceId,
    sort: 'due_on,number',
    limit: 10,
  });
  const any = useRecords<TaskFields>(
    'task',
    { state: 'open', sort: 'due_on,number', limit: 10 },
    { enabled: made.data?.items.length === 0 },
  );
  const shown = made.data?.items.length ? made.data : any.data;
  const start = session.organisation.fiscal_year_start || 4;
  const [from, to] = useMemo(() => {
    const now = toDate(today());
    const year = now.getFullYear() - (now.getMonth() + 1 < start ? 1 : 0);
    return [isoDay(new Date(year, start - 1, 1)), isoDay(new Date(year + 1, start - 1, 0))];
  }, [start]);
  const calendar = useCalendar(from, to);
  const holidays = calendar.data?.holidays ?? [];
  const posture = useGet<Posture>('/posture');
  const finish = async () => {
    localStorage.removeItem('first-hour');
    await reload();
    go('/');
  };
  return (
    <StepFrame
      setup={setup}
      over={setup.service?.fields.name}
      title={t('plan.title')}
      sub={t('plan.sub')}
      next={{ label: t('plan.go'), run: finish }}
    >
      <div className="first-two">
        <Card flush title={t('plan.first')} hint={t('plan.firstHint')} side={<A to="/work">{t('plan.work')}</A>}>
          {shown && shown.items.length === 0 && <EmptyState title={t('plan.none')} />}
          <ol className="list plan-list">
            {shown?.items.map((task, index) => {
              const owner = shown.labels[`person/${task.fields.owner ?? ''}`]?.label;
              return (
                <li key={task.id}>
                  <b className="plan-number">{index + 1}</b>
                  <span className="grow">
                    <A to={`/work?task=${task.id}`}>{task.fields.title}</A>
                    <span className="hint plan-why">
                      {[itemRef(task.fields.item), task.fields.why].filter(Boolean).join('・')}
                    </span>
                  </span>
                  <span className="nowrap ink2">{format.date(task.fields.due_on, 'tight')}</span>
                  {owner && <Avatar name={owner} label />}
                </li>
              );
            })}
          </ol>
        </Card>
        <div className="stack loose">
          <Card title={t('plan.year')} side={<A to="/work/calendar">{t('plan.calendar')}</A>}>
            <div className="table-wrap">
              {calendar.data && (
                <HeatMap
                  from={from}
                  to={to}
                  days={calendar.data.days}
                  holidays={holidays}
                  label={t('plan.yearRead')}
                  onOpen={(date) => go(`/work/calendar?date=${date}`)}
                />
              )}
            </div>
          </Card>
          <Card title={t('plan.soa')} side={<A to="/assessment">{t('plan.openSoa')}</A>}>
            <ul className="stack plan-soa">
              {posture.data?.standards
                .filter((row) => row.total > 0)
                .map((row) => (
                  <li key={`${row.standard}${row.part}`} className="row between">
                    <span>{format.text(row.title)}</span>
                    <span className="nowrap">{t('plan.rows', { total: row.total, none: row.none })}</span>
                  </li>
                ))}
            </ul>
            <p className="hint">{t('plan.soaHint')}</p>
          </Card>
        </div>
      </div>
    </StepFrame>
  );
}
