// One cell of a register: shown, and changed where it stands when its field is simple and the person may.
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { isApiError } from '@/api/problem';
import { useSend } from '@/api/queries';
import type { Field, GenmeiRecord, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Picker } from '@/pages/record/Pickers';
import { FieldValue } from '@/pages/record/FieldValue';
import { isSimple } from '@/pages/record/values';

interface Props {
  kind: string;
  record: GenmeiRecord;
  field: Field;
  labels: Labels;
  editable: boolean;
  editing: boolean;
  onEdit: () => void;
  onClose: () => void;
  /** Reads that change with the value; the kind's own list when left out. */
  touches?: string[];
}

export function Cell({ kind, record, field, labels, editable, editing, onEdit, onClose, touches }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [failed, setFailed] = useState(false);
  const send = useSend((value: unknown) => api.patch(`/records/${kind}/${record.id}`, { fields: { [field.name]: value } }, record.revision), touches ?? [`/records/${kind}`]);
  const value = send.isPending ? send.variables : record.fields[field.name];
  const save = (next: unknown) => {
    onClose();
    if (JSON.stringify(next ?? null) === JSON.stringify(record.fields[field.name] ?? null)) return;
    setFailed(false);
    send.mutate(next, {
      onError: (error) => {
        setFailed(true);
        say(isApiError(error) ? (error.errors[0]?.message ?? error.message) : t('error.save'), { tone: 'miss' });
      },
    });
  };
  const title = format.text(field.title);
  if (editing) return <CellEditor field={field} value={value} labels={labels} title={title} onSave={save} onClose={onClose} />;
  const shown = <FieldValue field={field} value={value} labels={labels} plain />;
  if (!editable || !isSimple(field)) return shown;
  return (
    <button type="button" className="cell-button" data-failed={failed || undefined} data-saving={send.isPending || undefined} onClick={(event) => { event.stopPropagation(); onEdit(); }}>
      <span className="visually-hidden">{t('cell.change', { field: title })}</span>
      {shown}
    </button>
  );
}

export function CellEditor({ field, value, labels, title, onSave, onClose }: { field: Field; value: unknown; labels: Labels; title: string; onSave: (value: unknown) => void; onClose: () => void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const text = value === null || value === undefined ? '' : String(value);
  const stop = { onClick: (event: React.MouseEvent) => event.stopPropagation(), onKeyDown: (event: React.KeyboardEvent) => { if (event.key === 'Escape') { event.stopPropagation(); onClose(); } } };
  if (field.type === 'date') {
    return (
      <div {...stop}>
        <TextInput type="date" size="xs" aria-label={title} defaultValue={text} autoFocus onBlur={(event) => onSave(event.currentTarget.value || null)} onKeyDown={(event) => event.key === 'Enter' && onSave(event.currentTarget.value || null)} />
      </div>
    );
  }
  if (field.type === 'enum' || field.type === 'boolean') {
    const data = field.type === 'boolean' ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }] : (field.values ?? []).map((one) => ({ value: one.id, label: format.text(one.title) }));
    return (
      <div {...stop}>
        <Select size="xs" aria-label={title} data={data} value={text || null} autoFocus defaultDropdownOpened allowDeselect={!field.required} comboboxProps={{ width: 'max-content', position: 'bottom-start', transitionProps: { duration: 0 } }} onChange={(next) => onSave(field.type === 'boolean' ? next === 'true' : next)} onDropdownClose={onClose} />
      </div>
    );
  }
  return <div {...stop}><Picker field={field} value={value} labels={labels} onChange={onSave} ariaLabel={title} required={field.required} opened onClose={() => window.setTimeout(onClose, 120)} /></div>;
}
