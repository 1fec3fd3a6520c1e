// The grid of an assessment as the server gives it, and which rows belong to which view.
import type { GenmeiRecord, Kind, Labels, Text, Tone } from '@/api/types';

export interface RequirementFields {
  item: string;
  applicable?: boolean;
  status?: string;
  exclusion_reason?: string | null;
  what_we_do?: string | null;
  responsible?: string | null;
  due_on?: string | null;
  safeguards?: string[];
  evidence?: string[];
  services?: string[];
  stale?: boolean;
  must_reach?: boolean;
  basic?: string;
  level?: string | null;
  [name: string]: unknown;
}

export type Requirement = GenmeiRecord<RequirementFields>;

export interface GridRow {
  record: Requirement;
  key?: string;
  ref: string;
  title: Text;
  group: { id: string; ref?: string; title?: Text };
  reasons: { kind: string; label: string }[];
  evidence_age_days: number | null;
  stale: boolean;
  mapped: { key: string; ref: string; strength?: number }[];
  mapped_total?: number;
}

export interface EditionSeen {
  id: string;
  kind: string;
  number: string;
  edition: number;
  state: string;
  effective_on: string;
  at: string;
  revision: number;
  differences?: number;
}

export interface GridAnswer {
  assessment: GenmeiRecord<{ title: string; standard: string; part?: string; purpose?: string }>;
  rows: GridRow[];
  labels: Labels;
  totals: Record<string, number>;
  approved: EditionSeen | null;
  editions?: EditionSeen[];
}

export type View = 'all' | 'applicable' | 'excluded' | 'act' | 'stale' | 'unassessed' | 'met' | 'partly' | 'not';
export const VIEWS: View[] = ['all', 'applicable', 'excluded', 'act', 'stale', 'unassessed'];

const applies = (row: GridRow): boolean => row.record.fields.applicable !== false;

export function fits(row: GridRow, view: View): boolean {
  const status = row.record.fields.status ?? 'unassessed';
  switch (view) {
    case 'all':
      return true;
    case 'applicable':
      return applies(row);
    case 'excluded':
      return !applies(row);
    case 'act':
      return applies(row) && ['not-started', 'planned', 'partly'].includes(status);
    case 'stale':
      return row.stale;
    case 'unassessed':
      return applies(row) && status === 'unassessed';
    case 'met':
      return applies(row) && ['implemented', 'verified'].includes(status);
    case 'partly':
      return applies(row) && status === 'partly';
    case 'not':
      return applies(row) && ['not-started', 'planned'].includes(status);
  }
}

/** Other pages say a status in the words of the posture. */
export const viewOf = (status: string | undefined): View => (status === 'none' ? 'unassessed' : ([...VIEWS, 'met', 'partly', 'not'] as string[]).includes(status ?? '') ? (status as View) : 'all');

export const toneOfStatus = (kind: Kind | undefined, status: string): Tone => kind?.fields.find((field) => field.name === 'status')?.values?.find((value) => value.id === status)?.tone ?? 'none';
