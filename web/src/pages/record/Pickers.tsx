// Choosing records and entries of catalogues by searching the server; what is chosen keeps its name.
import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useKind, useRecords } from '@/api/queries';
import type { Field, Labels, SearchItem, Text } from '@/api/types';
import { useFormat } from '@/app/format';
import { labelOf, listOf, rememberLabel, titleOf } from './values';

interface Option {
  value: string;
  label: string;
}

export interface PickerProps {
  field: Field;
  value: unknown;
  labels: Labels;
  onChange: (value: unknown) => void;
  label?: string;
  ariaLabel?: string;
  description?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  opened?: boolean;
  onClose?: () => void;
}

function useRecordOptions(kindId: string, text: string): { options: Option[]; pending: boolean } {
  const { t } = useTranslation('records');
  const format = useFormat();
  const kind = useKind(kindId);
  const found = useRecords(kindId, { q: text, limit: 30, sort: kind?.title_field && kind.fields.find((one) => one.name === kind.title_field)?.sort ? kind.title_field : 'number' }, { keep: true, enabled: kindId !== '' });
  const options = useMemo(
    () => (found.data?.items ?? []).map((item) => ({ value: item.id, label: titleOf(kind, item, found.data?.labels ?? {}, format, t) })),
    [found.data, kind, format, t],
  );
  return { options, pending: found.isFetching };
}

function useCatalogueOptions(catalogue: string, text: string): { options: Option[]; pending: boolean } {
  const format = useFormat();
  const items = useGet<{ items: SearchItem[] }>('/search', { q: text, limit: 20 }, { enabled: (catalogue === 'standard-item' || catalogue === 'evaluation-item') && text !== '', keep: true });
  const types = useGet<{ items: { id: string; name: Text }[] }>('/method/service-types', {}, { enabled: catalogue === 'service-type', staleTime: 600_000 });
  const parts = useGet<{ components: { id: string; name: Text; assets: { id: string; name: Text }[] }[] }>('/method/components', {}, { enabled: catalogue === 'component-type' || catalogue === 'asset-type', staleTime: 600_000 });
  const options = useMemo<Option[]>(() => {
    if (catalogue === 'service-type') return (types.data?.items ?? []).map((one) => ({ value: one.id, label: format.text(one.name) }));
    if (catalogue === 'component-type') return (parts.data?.components ?? []).map((one) => ({ value: one.id, label: format.text(one.name) }));
    if (catalogue === 'asset-type') return (parts.data?.components ?? []).flatMap((one) => one.assets).map((one) => ({ value: one.id, label: format.text(one.name) }));
    return (items.data?.items ?? []).filter((one) => one.type === 'standard-item').map((one) => ({ value: one.id, label: `${one.number ?? ''} ${one.label}`.trim() }));
  }, [catalogue, types.data, parts.data, items.data, format]);
  return { options, pending: items.isFetching };
}

/** One or several references or catalogue entries, after the field's declaration. */
export function Picker({ field, value, labels, onChange, label, ariaLabel, description, error, required, disabled, opened, onClose }: PickerProps) {
  const { t } = useTranslation('records');
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 150);
  const chosen = listOf(value);
  const names = chosen.map((id) => labelOf(field, id, labels));
  const asked = names.includes(query) ? '' : query;
  const records = useRecordOptions(field.to ?? '', asked);
  const entries = useCatalogueOptions(field.catalogue ?? '', asked);
  const { options, pending } = field.to ? records : entries;
  const area = field.to ?? field.catalogue ?? '';
  const data = useMemo(() => {
    const all = new Map<string, Option>();
    chosen.forEach((id, index) => all.set(id, { value: id, label: names[index] ?? id }));
    options.forEach((option) => all.has(option.value) || all.set(option.value, option));
    return [...all.values()];
  }, [options, chosen.join(), names.join()]);
  const note = (id: string) => {
    const option = data.find((one) => one.value === id);
    if (option) rememberLabel(`${area}/${id}`, option.label);
  };
  const common = {
    label, description, error, disabled, data, searchable: true, searchValue: text, onSearchChange: setText, clearable: !required,
    'aria-label': ariaLabel, withAsterisk: required, nothingFoundMessage: t(pending ? 'searching' : field.catalogue && !asked ? 'typeToSearch' : 'noneFound'),
    // The server has searched already, with folding of kana and width.
    filter: field.to || field.catalogue === 'standard-item' ? ({ options: all }: { options: unknown[] }) => all as never : undefined,
    maxDropdownHeight: 260, defaultDropdownOpened: opened, onDropdownClose: onClose, comboboxProps: { withinPortal: true, transitionProps: { duration: 0 } },
    clearButtonProps: { 'aria-label': t('clear') },
  };
  if (field.type === 'refs' || field.type === 'catalogues') {
    return <MultiSelect {...common} value={chosen} onChange={(next) => { next.forEach(note); onChange(next); }} hidePickedOptions placeholder={chosen.length === 0 ? t('pickSeveral') : undefined} />;
  }
  return <Select {...common} value={chosen[0] ?? null} onChange={(next) => { if (next) note(next); onChange(next); }} placeholder={t('pickOne')} data-autofocus={opened || undefined} />;
}
