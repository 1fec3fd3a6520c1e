import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '@/api/method';
import { useFormat } from '@/app/format';
import { A, useGo } from '@/app/navigation';
import { Card } from '@/design/Card';
import { HeatMap } from '@/design/HeatMap';
import { YearTable } from '@/design/YearTable';

export function YearCard({ calendar }: { calendar: Home['calendar'] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const go = useGo();
  const [table, setTable] = useState(false);
  return (
    <Card
      title={t('year.title')}
      hint={t('year.span', { from: format.month(calendar.from), to: format.month(calendar.to) })}
      side={
        <>
          <span className="legend wide-only">
            <span>
              <i className="swatch legend-done" />
              {t('year.done')}
            </span>
            <span>
              <i className="swatch legend-due" />
              {t('year.due')}
            </span>
            <span>
              <i className="swatch legend-late" />
              {t('year.late')}
            </span>
          </span>
          <UnstyledButton className="text-link" onClick={() => setTable((now) => !now)}>
            {t(table ? 'common:action.chart' : 'common:action.table')}
          </UnstyledButton>
          <A to="/work/calendar">{t('year.calendar')}</A>
        </>
      }
    >
      <div className="table-wrap">
        {table ? (
          <YearTable days={calendar.days} />
        ) : (
          <HeatMap
            from={calendar.from}
            to={calendar.to}
            days={calendar.days}
            holidays={calendar.holidays}
            label={t('year.read')}
            onOpen={(date) => go(`/work/calendar?date=${date}`)}
          />
        )}
      </div>
      {calendar.next_peak && (
        <p className="home-peak">
          {t('year.peak')}
          <b>
            {t('year.peakWeek', {
              date: format.date(calendar.next_peak.date, 'tight'),
              count: calendar.next_peak.count,
            })}
          </b>
        </p>
      )}
    </Card>
  );
}
