// Filters of a register: search, one chip for every filter in force, and a menu to add one.
import { Button, Menu, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Columns3, ListFilter, Search, X } from 'lucide-react';
import { forwardRef, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, Kind, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { Picker } from '@/pages/record/Pickers';
import { textOf } from '@/pages/record/values';
import type { ListState } from './useList';

interface Props {
  kind: Kind;
  state: ListState;
  labels: Labels;
  columns: string[];
  onColumns: (next: string[] | null) => void;
}

const stateField = (kind: Kind, title: { ja: string; en: string }): Field => ({ name: 'state', title, type: 'enum', filter: true, values: kind.workflow.states.map((state) => ({ id: state.id, title: state.title })) });

export const Filters = forwardRef<HTMLInputElement, Props>(function Filters({ kind, state, labels, columns, onColumns }, ref) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [text, setText] = useState(state.search.q ?? '');
  const [adding, setAdding] = useState<Field | null>(null);
  const apply = useDebouncedCallback((next: string) => state.set({ q: next.trim() || null }), 220);
  useEffect(() => setText((now) => (now.trim() === (state.search.q ?? '') ? now : (state.search.q ?? ''))), [state.search.q]);
  const fields = [stateField(kind, { ja: t('state'), en: t('state') }), ...kind.fields.filter((field) => field.filter && field.name !== 'state')];
  const wordsOf = (key: string, name: string, value: string) => {
    const field = fields.find((one) => one.name === name) ?? kind.fields.find((one) => one.name === name);
    const operator = /\[(\w+)\]/.exec(key)?.[1] ?? 'eq';
    const shown = value === '@me' ? t('filter.me') : value === '@today' ? t('filter.today') : operator === 'in' ? value.split(',').map((one) => (field ? textOf(field, one, labels, format, t) : one)).join(t('comma')) : field ? textOf(field, field.type === 'boolean' ? value === 'true' : value, labels, format, t) : value;
    return { title: field ? format.text(field.title) : name, text: operator === 'empty' ? t(value === 'true' ? 'filter.isEmpty' : 'filter.notEmpty') : t(`filter.${operator}`, { value: shown, defaultValue: shown }) };
  };
  const choices = kind.fields.filter((field) => !['json', 'longtext', 'file'].includes(field.type));
  return (
    <div className="register-bar">
      <TextInput ref={ref} className="register-search" leftSection={<Search size={15} aria-hidden />} aria-label={t('filter.search')} placeholder={t('filter.search')} value={text} onChange={(event) => { setText(event.currentTarget.value); apply(event.currentTarget.value); }} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()} />
      <div className="chips" role="group" aria-label={t('filter.title')}>
        {state.filters.map((filter) => {
          const words = wordsOf(filter.key, filter.field, filter.value);
          return (
            <button key={filter.key} type="button" className="chip" aria-pressed="true" aria-label={t('filter.remove', { field: words.title, value: words.text })} onClick={() => state.set({ [filter.key]: null })}>
              <span>{words.title}</span><span>{words.text}</span><X size={13} aria-hidden />
            </button>
          );
        })}
        {adding ? (
          <FilterValue field={adding} labels={labels} onChoose={(key, value) => { setAdding(null); if (value) state.set({ [key]: value }); }} onClose={() => setAdding(null)} />
        ) : (
          <Menu position="bottom-start">
            <Menu.Target><button type="button" className="chip"><ListFilter size={13} aria-hidden />{t('filter.add')}</button></Menu.Target>
            <Menu.Dropdown className="menu-tall">
              {fields.map((field) => <Menu.Item key={field.name} onClick={() => setAdding(field)}>{format.text(field.title)}</Menu.Item>)}
              <Menu.Divider />
              <Menu.Item onClick={() => state.set({ archived: state.search.archived === 'true' ? null : 'true' })}>{t(state.search.archived === 'true' ? 'filter.hideArchived' : 'filter.archived')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        {state.search.archived === 'true' && <button type="button" className="chip" aria-pressed="true" onClick={() => state.set({ archived: null })}>{t('archived')}<X size={13} aria-hidden /></button>}
      </div>
      <Menu closeOnItemClick={false}>
        <Menu.Target><Button variant="default" size="xs" className="wide-only" leftSection={<Columns3 size={14} aria-hidden />}>{t('columns.title')}</Button></Menu.Target>
        <Menu.Dropdown className="menu-tall">
          {[{ name: 'number', title: t('number') }, ...choices.filter((field) => field.name !== 'number' && field.name !== 'state').map((field) => ({ name: field.name, title: format.text(field.title) })), { name: 'state', title: t('state') }, { name: 'updated_at', title: t('updated') }].map((one) => {
            const on = columns.includes(one.name);
            return <Menu.Item key={one.name} role="menuitemcheckbox" aria-checked={on} onClick={() => onColumns(on ? columns.filter((name) => name !== one.name) : [...columns, one.name])} leftSection={<span className="menu-check" aria-hidden>{on ? '✓' : ''}</span>}>{one.title}</Menu.Item>;
          })}
          <Menu.Divider />
          <Menu.Item onClick={() => onColumns(null)}>{t('columns.reset')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
});

function FilterValue({ field, labels, onChoose, onClose }: { field: Field; labels: Labels; onChoose: (key: string, value: string | null) => void; onClose: () => void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const title = format.text(field.title);
  if (field.type === 'ref' || field.type === 'refs' || field.type === 'catalogue' || field.type === 'catalogues') {
    return <div className="filter-value"><Picker field={{ ...field, type: field.type === 'refs' ? 'ref' : field.type === 'catalogues' ? 'catalogue' : field.type }} value={null} labels={labels} ariaLabel={title} opened onChange={(value) => onChoose(field.name, value ? String(value) : null)} onClose={() => window.setTimeout(onClose, 150)} /></div>;
  }
  if (field.type === 'enum' || field.type === 'boolean') {
    const data = field.type === 'boolean' ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }] : (field.values ?? []).map((one) => ({ value: one.id, label: format.text(one.title) }));
    return <div className="filter-value"><Select size="xs" aria-label={title} placeholder={title} data={data} autoFocus defaultDropdownOpened onChange={(value) => onChoose(field.name, value)} onDropdownClose={onClose} /></div>;
  }
  const date = field.type === 'date' || field.type === 'datetime';
  const key = date ? `${field.name}[le]` : ['integer', 'decimal', 'percent', 'money'].includes(field.type) ? field.name : `${field.name}[contains]`;
  return (
    <form className="filter-value" onSubmit={(event) => { event.preventDefault(); onChoose(key, new FormData(event.currentTarget).get('value') as string); }}>
      <TextInput size="xs" name="value" type={date ? 'date' : 'text'} aria-label={title} placeholder={title} autoFocus onBlur={onClose} />
    </form>
  );
}
