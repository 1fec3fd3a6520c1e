// Levels that the company set for itself: measurement definitions of the service that no evaluation item stands behind.
// Drawn like the others: the target as a guide, the contract as a promise; not measured never counts as met.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { signed } from '@/api/levels';
import type { LevelRow, LevelValue, LevelVerdict } from '@/api/method';
import { useRecords } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { daysBetween, today } from '@/app/format';

interface Definition {
  title?: string;
  evaluation_item?: string;
  unit?: string;
  operator?: string;
  target?: number | string;
  contract_value?: number | string;
  must_reach?: boolean;
  every?: string;
}

interface Measurement {
  definition?: string;
  period_to?: string;
  value?: number | string | null;
  provenance?: 'measured' | 'attested';
}

const number = (value: unknown): number | null =>
  value === null || value === undefined || value === '' || Number.isNaN(Number(value)) ? null : Number(value);

/** Days after which a value is old: twice the interval of measuring. */
const days: Record<string, number> = { P1D: 2, P1W: 14, P1M: 62, P3M: 184, P6M: 366, P1Y: 732, P12M: 732 };

function rowOf(definition: GenmeiRecord<Definition>, taken: GenmeiRecord<Measurement>[], group: string): LevelRow {
  const { fields } = definition;
  const floor = fields.operator !== 'at-most';
  const level = (value: number | null, must: boolean): LevelValue | null =>
    value === null ? null : { value, operator: floor ? '>=' : '<=', unit: fields.unit, must_reach: must, free: false };
  const target = number(fields.target);
  const promise = number(fields.contract_value);
  const stricter =
    promise !== null && (target === null || (floor ? promise > target : promise < target)) ? promise : target;
  const values = taken.filter((one) => number(one.fields.value) !== null);
  const latest = values[0];
  const value = latest ? number(latest.fields.value) : null;
  const reached = value !== null && stricter !== null && (floor ? value >= stricter : value <= stricter);
  const verdict: LevelVerdict =
    stricter === null
      ? 'free'
      : value === null
        ? 'not_measured'
        : reached
          ? 'met'
          : fields.must_reach
            ? 'not_met'
            : 'shortfall';
  const at = latest?.fields.period_to ?? '';
  const age = at ? daysBetween(at, today()) : 0;
  return {
    item: `own/${definition.id}`,
    label: fields.title ?? definition.number,
    group,
    reference: level(target, Boolean(fields.must_reach)),
    sla: level(promise, false),
    required: level(stricter, Boolean(fields.must_reach)),
    measured:
      value === null
        ? null
        : {
            value,
            unit: fields.unit,
            at,
            provenance: latest?.fields.provenance ?? 'attested',
            age_days: age,
            stale: age > (days[fields.every ?? ''] ?? 62),
          },
    verdict,
    gap: value === null || stricter === null ? null : signed(value - stricter),
    gapUnit: fields.unit,
    definition: definition.id,
    series: values.map((one) => ({ at: one.fields.period_to ?? '', value: Number(one.fields.value) })).reverse(),
  };
}

export function useOwnLevels(service: string, known: LevelRow[]): LevelRow[] {
  const { t } = useTranslation('services');
  const definitions = useRecords<Definition>(
    'measurement-definition',
    { services: service, limit: 100 },
    { enabled: service !== '' },
  );
  const taken = useRecords<Measurement>(
    'measurement',
    { service, sort: '-period_to', limit: 200 },
    { enabled: service !== '' },
  );
  const group = t('levels.own');
  return useMemo(() => {
    const items = new Set(known.map((row) => row.item));
    const used = new Set(known.map((row) => row.definition));
    return (definitions.data?.items ?? [])
      .filter((one) => !used.has(one.id) && !items.has(one.fields.evaluation_item ?? ''))
      .map((one) =>
        rowOf(one, (taken.data?.items ?? []).filter((value) => value.fields.definition === one.id).slice(0, 12), group),
      );
  }, [definitions.data, taken.data, known, group]);
}
