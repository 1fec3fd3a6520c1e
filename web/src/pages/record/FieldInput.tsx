// One value, written: the control follows the declared type. Titles, hints and errors belong to the control.
import { Button, FileButton, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { isApiError } from '@/api/problem';
import type { Field, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { Picker } from './Pickers';
import { isEmpty, listOf } from './values';

interface Props {
  field: Field;
  value: unknown;
  labels: Labels;
  onChange: (value: unknown) => void;
  error?: string;
  required?: boolean;
}

/** What was typed as a number where it is one; otherwise as typed, so that the server can say what is wrong. */
const numberOf = (text: string): unknown => (text.trim() === '' ? null : /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text);

const localTime = (value: unknown): string => {
  const date = new Date(String(value));
  if (isEmpty(value) || Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export function FieldInput({ field, value, labels, onChange, error, required }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const common = { label: format.text(field.title), description: format.text(field.hint) || undefined, error, withAsterisk: required, id: `field-${field.name}` };
  const text = isEmpty(value) ? '' : String(value);
  const write = (next: string) => onChange(next === '' ? null : next);
  switch (field.type) {
    case 'longtext':
      return <Textarea {...common} autosize minRows={3} maxRows={16} value={text} maxLength={field.max_length} onChange={(event) => write(event.currentTarget.value)} />;
    case 'texts':
      return <Textarea {...common} description={common.description ?? t('onePerLine')} autosize minRows={2} maxRows={12} value={listOf(value).join('\n')} onChange={(event) => onChange(event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n'))} />;
    case 'boolean':
      return (
        <div className="switch-row">
          <Switch id={common.id} label={common.label} description={common.description} error={error} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
        </div>
      );
    case 'enum':
      return <Select {...common} data={(field.values ?? []).map((one) => ({ value: one.id, label: format.text(one.title) }))} value={text || null} onChange={onChange} clearable={!required} placeholder={t('pickOne')} clearButtonProps={{ 'aria-label': t('clear') }} />;
    case 'ref':
    case 'refs':
    case 'catalogue':
    case 'catalogues':
      return <Picker field={field} value={value} labels={labels} onChange={onChange} label={common.label} description={common.description} error={error} required={required} />;
    case 'date':
      return <TextInput {...common} type="date" value={text.slice(0, 10)} onChange={(event) => write(event.currentTarget.value)} />;
    case 'datetime':
      return <TextInput {...common} type="datetime-local" value={localTime(value)} onChange={(event) => onChange(event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : null)} />;
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
      return <TextInput {...common} inputMode={field.type === 'integer' ? 'numeric' : 'decimal'} value={text} onChange={(event) => onChange(numberOf(event.currentTarget.value))} rightSection={field.type === 'percent' ? '%' : undefined} />;
    case 'duration':
      return <DurationInput common={common} value={text} onChange={write} />;
    case 'file':
      return <FileInput common={common} value={text} onChange={onChange} />;
    case 'json':
      return <Textarea {...common} readOnly autosize minRows={2} maxRows={6} value={isEmpty(value) ? '' : JSON.stringify(value)} />;
    default:
      return <TextInput {...common} type={field.type === 'email' ? 'email' : field.type === 'url' ? 'url' : 'text'} value={text} maxLength={field.max_length} onChange={(event) => write(event.currentTarget.value)} />;
  }
}

interface Common {
  label: string;
  description?: string;
  error?: string;
  withAsterisk?: boolean;
  id: string;
}

function DurationInput({ common, value, onChange }: { common: Common; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('records');
  const found = /^P(\d+)([DWMY])$/.exec(value);
  const [unit, setUnit] = useState(found?.[2] ?? 'M');
  const count = found?.[1] ?? '';
  if (value !== '' && !found) return <TextInput {...common} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
  return (
    <div className="row duration">
      <TextInput {...common} inputMode="numeric" value={count} onChange={(event) => onChange(/^\d+$/.test(event.currentTarget.value) ? `P${event.currentTarget.value}${unit}` : '')} />
      <Select aria-label={t('unit')} allowDeselect={false} data={['D', 'W', 'M', 'Y'].map((one) => ({ value: one, label: t(`durationUnit.${one}`) }))} value={unit} onChange={(next) => { setUnit(next ?? 'M'); if (count) onChange(`P${count}${next ?? 'M'}`); }} />
    </div>
  );
}

function FileInput({ common, value, onChange }: { common: Common; value: string; onChange: (value: unknown) => void }) {
  const { t } = useTranslation('records');
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const send = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setFailure('');
    try {
      const stored = await api.upload<{ id: string; name: string }>('/files', file);
      setName(stored.name);
      onChange(stored.id);
    } catch (error) {
      setFailure(isApiError(error) ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="file-input" role="group" aria-labelledby={`${common.id}-label`}>
      <span className="mantine-InputWrapper-label" id={`${common.id}-label`}>{common.label}</span>
      {common.description && <span className="hint">{common.description}</span>}
      <div className="row wrap">
        <FileButton onChange={(file) => void send(file)}>
          {(props) => <Button {...props} variant="default" loading={busy} leftSection={<Upload size={15} aria-hidden />}>{t(value ? 'otherFile' : 'chooseFile')}</Button>}
        </FileButton>
        {value && <><a href={`/api/v1/files/${value}`} download>{name || t('download')}</a><button type="button" className="plain-button text-link" onClick={() => { setName(''); onChange(null); }}>{t('clear')}</button></>}
      </div>
      {(failure || common.error) && <span className="mantine-InputWrapper-error" role="alert">{failure || common.error}</span>}
    </div>
  );
}
