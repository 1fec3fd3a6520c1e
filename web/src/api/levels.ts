// Rows of levels as the server gives them, read into the shape that pages draw: gaps become words with a sign (measured
// minus demanded), months without a value leave the series.
import type { LevelRow, LevelValue, LevelVerdict } from './method';
import type { Text } from './types';

type RawLevel = LevelValue & { text?: Text };

export interface RawLevelRow extends Omit<LevelRow, 'verdict' | 'gap' | 'series' | 'measured'> {
  ref?: string;
  illustration?: boolean;
  verdict: string;
  gap: number | string | null;
  measured: (Omit<NonNullable<LevelRow['measured']>, 'age_days'> & { age_days?: number }) | null;
  series?: { at?: string; to?: string; value: number | null }[];
}

const isUpward = (level: RawLevel | null | undefined) => level?.operator === '>=' || level?.operator === 'at-least';

/** Two decimals at most; "−" is the sign of mathematics, "±0" says that the value just holds. */
export function signed(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  if (rounded === 0) return '±0';
  return rounded > 0 ? `+${rounded}` : `−${Math.abs(rounded)}`;
}

export function readLevelRow(raw: RawLevelRow): LevelRow {
  const level = raw.required ?? raw.reference ?? raw.sla;
  const slack = typeof raw.gap === 'number' ? raw.gap : null;
  const away = slack === null ? null : isUpward(level) ? slack : -slack;
  return {
    ...raw,
    verdict: raw.verdict.replaceAll('-', '_') as LevelVerdict,
    gap: away === null ? (typeof raw.gap === 'string' ? raw.gap : null) : signed(away),
    gapUnit: away === null ? undefined : level?.unit,
    measured: raw.measured && {
      ...raw.measured,
      unit: raw.measured.unit ?? level?.unit,
      age_days: raw.measured.age_days ?? 0,
    },
    series: (raw.series ?? [])
      .flatMap((point) => {
        const at = point.at ?? point.to;
        return typeof point.value === 'number' && at ? [{ at, value: point.value }] : [];
      })
      .sort((a, b) => a.at.localeCompare(b.at)),
  };
}

/** Must-reach levels that are missed: not measured is not met, but it is not missed either. */
export const missedOf = (must: { met: number; total: number; missed?: number; not_measured?: number }): number =>
  must.missed ?? Math.max(0, must.total - must.met - (must.not_measured ?? 0));
