// Shapes of the answers, after docs/api.md. Records are open: which fields a kind has is said by its declaration.
export interface Text {
  ja: string;
  en: string;
}

export type Tone = 'met' | 'warn' | 'miss' | 'info' | 'none' | 'draft' | 'free' | 'stale';

export interface Session {
  account: string;
  person: string | null;
  name: string;
  login: string;
  roles: string[];
  must_change_password: boolean;
  csrf: string;
  organisation: { id: string; name: string; name_en: string; fiscal_year_start: number };
  last_logon: { at: string | null; failures_since: number } | null;
  language: 'ja' | 'en';
  capabilities: string[];
  expires_at: string;
  idle_seconds: number;
  setup_done: boolean;
}

export type FieldType =
  | 'text'
  | 'longtext'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'money'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'duration'
  | 'enum'
  | 'ref'
  | 'refs'
  | 'catalogue'
  | 'catalogues'
  | 'url'
  | 'email'
  | 'file'
  | 'json'
  | 'texts';

export interface EnumValue {
  id: string;
  title: Text;
  tone?: Tone;
}

export interface Field {
  name: string;
  title: Text;
  hint?: Text;
  type: FieldType;
  required?: boolean;
  required_when?: { field: string; is: unknown[] };
  values?: EnumValue[];
  to?: string;
  catalogue?: string;
  min?: number;
  max?: number;
  max_length?: number;
  pattern?: string;
  default?: unknown;
  readonly?: boolean;
  sort?: boolean;
  filter?: boolean;
  section?: string;
  unique?: boolean;
  computed?: boolean;
}

export interface WorkflowState {
  id: string;
  title: Text;
  tone?: Tone;
  frozen?: boolean;
  final?: boolean;
}

export interface Transition {
  id: string;
  title: Text;
  from: string[];
  to: string;
  by?: string[];
  not_by?: string[];
  requires?: string[];
  comment?: 'optional' | 'required' | 'none';
  approves?: boolean;
}

export interface Kind {
  id: string;
  title: Text;
  plural: Text;
  purpose: Text;
  group: string;
  example?: Text;
  title_field: string;
  serves?: string[];
  menu?: boolean;
  fields: Field[];
  sections: { id: string; title: Text }[];
  list: { columns: string[]; sort: string; views?: { id: string; title: Text; filter: string }[] };
  workflow: { initial: string; states: WorkflowState[]; transitions: Transition[] };
  may: { create: boolean; update: boolean; archive: boolean; export: boolean };
}

export interface Kinds {
  kinds: Kind[];
  groups: { id: string; title: Text }[];
  roles: { id: string; title: Text }[];
}

export interface GenmeiRecord<F = Record<string, unknown>> {
  id: string;
  kind: string;
  number: string;
  revision: number;
  state: string;
  archived: boolean;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  approved_revision: number | null;
  fields: F;
  extra: Record<string, unknown>;
}

export interface Label {
  label: string;
  number?: string;
  state?: string;
}

/** Keys are "kind/id" for records and "catalogue/value" for catalogue values. */
export type Labels = Record<string, Label>;

export interface RecordList<F = Record<string, unknown>> {
  items: GenmeiRecord<F>[];
  labels: Labels;
  next: string | null;
  total?: number;
}

export interface RecordAction {
  transition: string;
  allowed: boolean;
  reason?: string;
}

export interface RecordPage<F = Record<string, unknown>> {
  record: GenmeiRecord<F>;
  labels: Labels;
  actions: RecordAction[];
  may: { update: boolean; archive: boolean; comment: boolean };
  may_not_reason?: string;
}

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

export interface Revision {
  revision: number;
  at: string;
  actor: { id: string; name: string };
  action: string;
  comment?: string;
  digest: string;
  ledger: { index: number };
  changes: Change[];
}

export interface LinkGroup {
  field: string;
  kind: string;
  items: { id: string; label: string; number: string; state: string }[];
  total: number;
}

export interface SearchItem {
  type: 'record' | 'standard-item' | 'page';
  kind?: string;
  id: string;
  label: string;
  number?: string;
  state?: string;
  path: string;
}

export interface Job {
  id: string;
  title: Text;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  percent: number;
  note?: string;
  result?: string;
  created_at: string;
}
