// Dates, numbers and bilingual texts as people here write them. ja 2026年11月21日（土）, en 21 Nov 2026.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '@/api/types';
import { useLanguage, type Language } from './preferences';

const DAYS = { ja: '日月火水木金土', en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date ("2026-11-21") is a local day; a time is shown in the reader's own zone. */
export function toDate(value: string): Date {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : new Date(value);
}

export const isoDay = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

export const today = (): string => isoDay(new Date());

export function formatDate(
  value: string | null | undefined,
  language: Language,
  style: 'full' | 'tight' | 'plain' = 'full',
): string {
  if (!value) return '';
  const date = toDate(value);
  if (Number.isNaN(date.getTime())) return value;
  const [year, month, day, week] = [date.getFullYear(), date.getMonth(), date.getDate(), date.getDay()];
  if (language === 'ja') {
    const monthDay = `${month + 1}月${day}日`;
    if (style === 'plain') return `${year}年${monthDay}`;
    return `${style === 'full' ? `${year}年` : ''}${monthDay}（${DAYS.ja[week]}）`;
  }
  if (style === 'tight') return `${DAYS.en[week]} ${day} ${MONTHS[month]}`;
  return `${day} ${MONTHS[month]} ${year}`;
}

export function formatTime(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((toDate(to).getTime() - toDate(from).getTime()) / 86_400_000);
}

export interface Formats {
  language: Language;
  date: (value: string | null | undefined, style?: 'full' | 'tight' | 'plain') => string;
  month: (value: string) => string;
  time: (value: string) => string;
  dateTime: (value: string | null | undefined) => string;
  /** "4分前", "3 days ago". */
  ago: (value: string) => string;
  number: (value: number) => string;
  /** The reader's language of a bilingual text. */
  text: (value: Text | string | null | undefined) => string;
}

export function useFormat(): Formats {
  const language = useLanguage();
  const { t } = useTranslation();
  return useMemo(() => {
    const number = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB');
    const ago = (value: string): string => {
      const minutes = Math.max(0, Math.round((Date.now() - toDate(value).getTime()) / 60_000));
      if (minutes < 1) return t('ago.now');
      if (minutes < 60) return t('ago.minutes', { count: minutes });
      if (minutes < 48 * 60) return t('ago.hours', { count: Math.round(minutes / 60) });
      if (minutes < 90 * 1440) return t('ago.days', { count: Math.round(minutes / 1440) });
      return t('ago.months', { count: Math.round(minutes / 43_800) });
    };
    return {
      language,
      date: (value, style) => formatDate(value, language, style),
      month: (value) => {
        const date = toDate(value);
        return language === 'ja'
          ? `${date.getFullYear()}年${date.getMonth() + 1}月`
          : `${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
      },
      time: (value) => formatTime(value),
      dateTime: (value) =>
        value ? `${formatDate(value, language)}${language === 'ja' ? '' : ' '}${formatTime(value)}` : '',
      ago,
      number: (value) => number.format(value),
      text: (value) => (value == null ? '' : typeof value === 'string' ? value : (value[language] ?? value.ja ?? '')),
    };
  }, [language, t]);
}
