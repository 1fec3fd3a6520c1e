// A due date in words: late (with business days when the server counted them), today, or the day.
import { useTranslation } from 'react-i18next';
import { daysBetween, today, useFormat } from '@/app/format';

export interface Due {
  late: boolean;
  now: boolean;
  text: string;
  lateText: string;
  days: number;
}

/** Monday to Friday between two days; holidays are the server's knowledge, so its figure wins when it is there. */
export function workdaysBetween(from: string, to: string): number {
  let count = 0;
  const total = daysBetween(from, to);
  const day = new Date(`${from}T00:00:00`);
  for (let i = 0; i < total; i++) {
    day.setDate(day.getDate() + 1);
    if (day.getDay() % 6 !== 0) count++;
  }
  return count;
}

export function useDue(): (due: string | null | undefined, lateDays?: number) => Due {
  const { t } = useTranslation('work');
  const format = useFormat();
  return (due, lateDays) => {
    if (!due) return { late: false, now: false, text: t('due.none'), lateText: '', days: 0 };
    const now = today();
    const day = due.slice(0, 10);
    const days = daysBetween(now, day);
    const late = days < 0;
    const business = lateDays ?? workdaysBetween(day, now);
    return {
      late,
      now: days === 0,
      days,
      text: days === 0 ? t('due.today') : format.date(day, 'tight'),
      lateText: late ? t('due.late', { count: Math.max(1, business) }) : '',
    };
  };
}
