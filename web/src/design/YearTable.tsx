import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/api/method';
import { useFormat } from '@/app/format';
import { A } from '@/app/navigation';

/** The heat map's data by month, for those who would rather read it. */
export function YearTable({ days }: { days: CalendarDay[] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const months = new Map<string, { done: number; due: number; late: number }>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    const sum = months.get(month) ?? { done: 0, due: 0, late: 0 };
    months.set(month, { done: sum.done + day.done, due: sum.due + day.due, late: sum.late + day.late });
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('year.monthHead')}</th>
          <th scope="col" className="num">
            {t('year.done')}
          </th>
          <th scope="col" className="num">
            {t('year.due')}
          </th>
          <th scope="col" className="num">
            {t('year.late')}
          </th>
        </tr>
      </thead>
      <tbody>
        {[...months].sort().map(([month, sum]) => (
          <tr key={month}>
            <th scope="row">
              <A to={`/work/calendar?date=${month}-01`}>
                {format.language === 'ja'
                  ? t('year.monthOf', { year: month.slice(0, 4), month: Number(month.slice(5)) })
                  : month}
              </A>
            </th>
            <td className="num">{sum.done}</td>
            <td className="num">{sum.due}</td>
            <td className="num">{sum.late}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
