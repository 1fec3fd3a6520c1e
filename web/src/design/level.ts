// A level in words and as places on a track. Units become words here and nowhere else.
import type { LevelRow, LevelValue, LevelVerdict } from '@/api/method';
import type { Tone } from '@/api/types';
import type { TFunction } from 'i18next';

export const verdictTone: Record<LevelVerdict, Tone> = {
  met: 'met',
  not_met: 'miss',
  shortfall: 'warn',
  free: 'free',
  not_measured: 'none',
};

/** The tone that is shown: evidence that is too old takes the green away. */
export const rowTone = (row: LevelRow): Tone =>
  row.verdict === 'met' && row.measured?.stale ? 'stale' : verdictTone[row.verdict];

const upward = new Set(['>=', '>', 'ge', 'gt', 'at-least', 'at_least', 'min']);

/** Larger is better (availability, retention) or smaller is better (delays). */
export const isFloor = (level: LevelValue | null | undefined): boolean => upward.has(level?.operator ?? '');

export function unitWord(unit: string | undefined, t: TFunction, count?: number): string {
  if (!unit) return '';
  return t(`unit.${unit}`, { defaultValue: unit, count: count ?? 2 });
}

export function valueText(value: number | string | null | undefined, unit: string | undefined, t: TFunction): string {
  if (value === null || value === undefined || value === '') return t('level.noValue');
  return `${value}${unitWord(unit, t, Number(value))}`;
}

/** The gap in words: "+7時間", "−0.4%". */
export const gapText = (row: LevelRow, t: TFunction): string =>
  row.gap ? `${row.gap}${row.gap === '±0' ? '' : unitWord(row.gapUnit, t)}` : '';

export function levelText(level: LevelValue | null | undefined, t: TFunction): string {
  if (!level || level.free || level.value === null) return t('level.free');
  const value = valueText(level.value, level.unit, t);
  if (typeof level.value === 'string' && Number.isNaN(Number(level.value))) return value;
  if (!level.operator || level.operator === '=' || level.operator === 'eq') return value;
  return t(isFloor(level) ? 'level.atLeast' : 'level.atMost', { value });
}

export interface Track {
  reference: number | null;
  contract: number | null;
  measured: number | null;
  /** Acceptable part of the track, in per cent; nothing where the level has no direction. */
  from: number;
  to: number;
  floor: boolean;
}

const number = (value: unknown): number | null => {
  const result = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(result) ? result : null;
};

/** Places in per cent. The reference stands in the middle; the scale reaches as far as the farthest value needs. */
export function trackOf(row: Pick<LevelRow, 'reference' | 'sla' | 'measured'>): Track | null {
  const level = row.reference && !row.reference.free && number(row.reference.value) !== null ? row.reference : row.sla;
  const base = number(level?.value);
  if (!level || base === null) return null;
  const floor = isFloor(level);
  const contract = row.sla ? number(row.sla.value) : null;
  const measured = row.measured ? number(row.measured.value) : null;
  const percent = level.unit?.normalize('NFKC') === '%' || level.unit === 'percent';
  const span = percent && floor ? Math.max(100 - base, 0.0001) : Math.max(Math.abs(base), 0.0001);
  const others = [contract, measured].filter((value): value is number => value !== null);
  const reach = Math.max(span, ...others.map((value) => Math.abs(value - base)));
  const place = (value: number) => {
    const away = (value - base) / reach;
    return Math.min(97, Math.max(3, 50 + away * 46));
  };
  return {
    reference: number(row.reference?.value) === null ? null : place(base),
    contract: contract === null ? null : place(contract),
    measured: measured === null ? null : place(measured),
    from: floor ? 50 : 0,
    to: !level.operator ? 0 : floor ? 100 : 50,
    floor,
  };
}
