// Answers of the method, the levels, home and the calendar, after docs/api.md.
import type { GenmeiRecord, Text, Tone } from './types';

export type Level = 'high' | 'medium' | 'low';

export interface Basis {
  id: string;
  source: string;
  text: Text;
  input?: string;
  outcome?: string;
}

export interface Classification {
  pattern: number | null;
  confidentiality: Level | null;
  integrity: Level | null;
  availability: Level | null;
  conflict: { values: { source: string; pattern: number }[]; text: Text } | null;
  candidates: number[];
  basis: Basis[];
  alternatives?: { change: Text; pattern: number }[];
  judged?: boolean;
  judgement?: string | null;
}

export interface ServiceType {
  id: string;
  name: Text;
  pattern: number | null;
  candidates: number[];
  open: boolean;
  conflict: boolean;
  note?: Text;
}

export interface ComponentType {
  id: string;
  name?: Text;
  title?: Text;
  class?: string;
  assets?: { id: string; name?: Text; title?: Text }[];
  parties?: Record<string, string>;
}

export interface ServiceProfile {
  service: GenmeiRecord;
  classification: Classification;
  components: unknown[];
  counts: { assets: number; threats: number; controls: number; requirements: number; uncovered?: number };
}

export interface ChainNode {
  id: string;
  label: Text;
  sub?: Text;
  group?: string;
  marks?: string;
  state?: Tone;
  open?: string;
  shared_by?: { id?: string; name: string }[];
}

export interface ChainColumn {
  id: 'component' | 'asset' | 'threat' | 'control' | 'requirement';
  title: Text;
  nodes: ChainNode[];
}

export interface Chain {
  columns: ChainColumn[];
  edges: [string, string][];
  uncovered: string[];
}

export interface PathStep {
  kind: string;
  id: string;
  label: Text;
}

export interface Explanation {
  paths: PathStep[][];
  sentences: { ja: string[]; en: string[] };
}

export interface LevelValue {
  value: number | string | null;
  operator?: string;
  unit?: string;
  must_reach?: boolean;
  free?: boolean;
}

export type LevelVerdict = 'met' | 'not_met' | 'shortfall' | 'free' | 'not_measured';

export interface LevelRow {
  item: string;
  label: Text | string;
  group?: Text | string;
  reference: LevelValue | null;
  sla: LevelValue | null;
  required: LevelValue | null;
  measured: {
    value: number | string;
    unit?: string;
    at: string;
    provenance: 'measured' | 'attested';
    age_days: number;
    stale: boolean;
  } | null;
  verdict: LevelVerdict;
  gap: string | null;
  /** Unit of the gap, when it still has to be said. */
  gapUnit?: string;
  ref?: string;
  /** A figure's example, not a value of the guideline. */
  illustration?: boolean;
  demanded_by?: string[];
  definition?: string;
  series?: { at: string; value: number }[];
}

export interface Delta {
  added: { item: string; label: Text | string; basic?: boolean; level?: string }[];
  removed: { item: string; label: Text | string }[];
  changed: { item: string; label: Text | string; before?: string; after?: string; level?: string }[];
  kept: number;
  applied?: boolean;
  tasks?: GenmeiRecord[];
}

export interface PostureRow {
  standard: string;
  part: string;
  title: Text;
  total: number;
  met: number;
  partly: number;
  not: number;
  none: number;
  excluded: number;
  assessment?: string;
}

export interface Posture {
  standards: PostureRow[];
  must_reach: { total: number; missed: number };
  tasks: { overdue: number; today: number; week: number };
  evidence: { stale: number; total: number };
  by_service?: unknown[];
}

export interface CalendarDay {
  date: string;
  done: number;
  due: number;
  late: number;
  tasks?: unknown[];
}

export interface HomeTask {
  id: string;
  number?: string;
  title: string;
  why?: string;
  due_on: string | null;
  state: string;
  late_days?: number;
  owner?: string;
  owner_name?: string;
  serves?: string[];
}

export interface Home {
  verdict: { level: 'miss' | 'warn' | 'met' | 'none'; text: Text; sub: Text };
  figures: { id: string; value: number; unit: Text; label: Text; note: Text; tone: Tone; path: string }[];
  tasks: HomeTask[];
  tasksTotal: number;
  services: {
    id: string;
    name: string;
    pattern: number | null;
    must_reach: { met: number; total: number; missed?: number; not_measured?: number };
    lead: LevelRow | null;
    worst?: LevelRow | null;
  }[];
  posture: Posture;
  calendar: {
    from: string;
    to: string;
    days: CalendarDay[];
    holidays: string[];
    next_peak: { date: string; count: number } | null;
  };
  ledger: { entries: number; verified_at: string | null };
  setup: { done: boolean; step?: number };
}
