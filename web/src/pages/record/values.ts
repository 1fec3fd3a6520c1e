// Values of a record in words: what stands in a cell, a difference or an export to the clipboard.
import type { TFunction } from 'i18next';
import type { Formats } from '@/app/format';
import type { Field, GenmeiRecord, Kind, Labels, WorkflowState } from '@/api/types';

/** Labels of what a person just picked: the server names them only after the record is saved. */
const picked = new Map<string, string>();
export const rememberLabel = (key: string, label: string): void => void picked.set(key, label);

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : isEmpty(value) ? [] : [String(value)]);

const areaOf = (field: Field): string => field.to ?? field.catalogue ?? '';

export function labelOf(field: Field, id: string, labels: Labels): string {
  const key = `${areaOf(field)}/${id}`;
  return labels[key]?.label || picked.get(key) || id.split('/').pop() || id;
}

/** "P12M" in words; anything else stays as it is written. */
export function durationText(value: string, t: TFunction): string {
  const found = /^P(\d+)([DWMY])$/.exec(value);
  return found ? t(`records:duration.${found[2]}`, { count: Number(found[1]) }) : value;
}

export function textOf(field: Field, value: unknown, labels: Labels, format: Formats, t: TFunction): string {
  if (isEmpty(value)) return '';
  switch (field.type) {
    case 'boolean':
      return t(value ? 'records:yes' : 'records:no');
    case 'enum':
      return format.text(field.values?.find((one) => one.id === value)?.title) || String(value);
    case 'ref':
    case 'refs':
    case 'catalogue':
    case 'catalogues':
      return listOf(value).map((id) => labelOf(field, id, labels)).join(t('records:comma'));
    case 'date':
      return format.date(String(value), 'plain');
    case 'datetime':
      return format.dateTime(String(value));
    case 'percent':
      return `${String(value)}%`;
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? format.number(value) : String(value);
    case 'duration':
      return durationText(String(value), t);
    case 'texts':
      return listOf(value).join(t('records:comma'));
    case 'json':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'file':
      return t('records:file');
    default:
      return String(value);
  }
}

export const stateOf = (kind: Kind | undefined, id: string): WorkflowState | undefined => kind?.workflow.states.find((state) => state.id === id);

export function titleOf(kind: Kind | undefined, record: Pick<GenmeiRecord, 'fields' | 'number'>, labels: Labels, format: Formats, t: TFunction): string {
  const field = kind?.fields.find((one) => one.name === kind.title_field);
  return (field && textOf(field, record.fields[field.name], labels, format, t)) || record.number;
}

/** The condition as the server declares it: one of some values, or empty or not. */
type Condition = { field: string; is?: unknown[]; empty?: boolean };

export function isRequired(field: Field, fields: Record<string, unknown>): boolean {
  if (field.required) return true;
  const condition = field.required_when as Condition | undefined;
  if (!condition) return false;
  const value = fields[condition.field];
  if (condition.empty !== undefined) return isEmpty(value) === condition.empty;
  return (condition.is ?? []).some((one) => String(one) === String(value));
}

/** Short enough and simple enough to be changed where it stands. */
export const isSimple = (field: Field): boolean => !field.readonly && ['enum', 'ref', 'date', 'boolean'].includes(field.type);
