// The fiscal year at a glance, and one month in detail: what is due, what was done, what is late.
import { UnstyledButton } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendar } from '@/api/queries';
import { isoDay, toDate, today, useFormat } from '@/app/format';
import { A, useSearch } from '@/app/navigation';
import { useSession } from '@/app/session';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { HeatMap } from '@/design/HeatMap';
import { YearTable } from '@/design/YearTable';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { Mark } from '@/design/Mark';
import { Avatar } from '@/design/Avatar';
import { WorkTabs } from './WorkTabs';
import './work.css';

export default function CalendarPage() {
  const { t } = useTranslation(['work', 'home']);
  const format = useFormat();
  const { session } = useSession();
  const [search, setSearch] = useSearch();
  const [table, setTable] = useState(false);
  useTitle(t('calendar'));
  const start = session.organisation.fiscal_year_start || 4;
  const now = toDate(search.date ?? today());
  const year = now.getFullYear() - (now.getMonth() + 1 < start ? 1 : 0);
  const from = isoDay(new Date(year, start - 1, 1));
  const to = isoDay(new Date(year + 1, start - 1, 0));
  const calendar = useCalendar(from, to);
  const holidays = calendar.data?.holidays ?? [];
  const month = isoDay(now).slice(0, 7);
  const days = (calendar.data?.days ?? []).filter(
    (day) => day.date.startsWith(month) && day.done + day.due + day.late > 0,
  );
  const show = (date: string) => setSearch({ date });
  const step = (months: number) => show(isoDay(new Date(now.getFullYear(), now.getMonth() + months, 1)));
  return (
    <div className="page">
      <h1>{t('calendar')}</h1>
      <WorkTabs value="calendar" />
      {calendar.error && <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} />}
      {calendar.isPending && <Skeleton rows={6} />}
      {calendar.data && (
        <div className="stack loose">
          <Card
            title={t('year')}
            hint={t('yearHint')}
            side={
              <UnstyledButton className="text-link" onClick={() => setTable((one) => !one)}>
                {t(table ? 'common:action.chart' : 'common:action.table')}
              </UnstyledButton>
            }
          >
            <div className="table-wrap">
              {table ? (
                <YearTable days={calendar.data.days} />
              ) : (
                <HeatMap
                  from={from}
                  to={to}
                  days={calendar.data.days}
                  holidays={holidays}
                  label={t('yearRead')}
                  onOpen={show}
                />
              )}
            </div>
          </Card>
          <Card
            flush
            title={format.month(`${month}-01`)}
            side={
              <span className="row">
                <UnstyledButton onClick={() => step(-1)} aria-label={t('previousMonth')}>
                  <ChevronLeft size={18} aria-hidden />
                </UnstyledButton>
                <UnstyledButton onClick={() => step(1)} aria-label={t('nextMonth')}>
                  <ChevronRight size={18} aria-hidden />
                </UnstyledButton>
              </span>
            }
          >
            {days.length === 0 ? (
              <EmptyState title={t('monthEmpty')} />
            ) : (
              <ul className="list calendar-days">
                {days.map((day) => (
                  <li key={day.date} data-selected={day.date === search.date || undefined}>
                    <b className={`calendar-date ${day.late ? 'tone-miss' : ''}`}>{format.date(day.date, 'tight')}</b>
                    <span className="calendar-counts">
                      {day.late > 0 && (
                        <span className="row tone-miss">
                          <Mark tone="miss" />
                          {t('late', { count: day.late })}
                        </span>
                      )}
                      {day.due > 0 && (
                        <span className="row tone-info">
                          <Mark tone="info" />
                          {t('planned', { count: day.due })}
                        </span>
                      )}
                      {day.done > 0 && (
                        <span className="row tone-met">
                          <Mark tone="met" />
                          {t('doneCount', { count: day.done })}
                        </span>
                      )}
                    </span>
                    <span className="grow calendar-tasks">
                      {day.tasks.map((task) => (
                        <A key={task.id} to={`/work?task=${task.id}`} className="row">
                          {task.owner_name && <Avatar name={task.owner_name} />}
                          <span className="clip">{task.title}</span>
                        </A>
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
      )}
    </div>
  );
}
