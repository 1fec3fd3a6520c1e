import { useDebouncedValue } from '@mantine/hooks';
import { ArrowRight, Search, Zap } from 'lucide-react';
import { Modal } from '@mantine/core';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useKinds } from '@/api/queries';
import type { SearchItem } from '@/api/types';
import { Kbd } from '@/design/Kbd';
import { useFormat } from '../format';
import { useGo } from '../navigation';
import { allNavItems } from '../nav';
import { foldForSearch } from '../fold';
import { useCommands } from './commands';

interface Entry {
  id: string;
  group: 'do' | 'open';
  label: string;
  kind: string;
  run: () => void;
}

export function CommandPalette({
  opened,
  onClose,
  onHelp,
}: {
  opened: boolean;
  onClose: () => void;
  onHelp: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [query] = useDebouncedValue(text.trim(), 120);
  const kinds = useKinds().data?.kinds;
  const commands = useCommands(onHelp);
  const found = useGet<{ items: SearchItem[] }>(
    '/search',
    { q: query, limit: 20 },
    { enabled: opened && query.length > 0, keep: true },
  );

  useEffect(() => {
    if (opened) setText('');
  }, [opened]);
  useEffect(() => setAt(0), [query]);

  const entries = useMemo<Entry[]>(() => {
    const folded = foldForSearch(text);
    const matches = (label: string) => !folded || foldForSearch(label).includes(folded);
    const doing: Entry[] = commands
      .filter((c) => matches(c.label))
      .map((c) => ({ id: c.id, group: 'do', label: c.label, kind: c.hint ?? '', run: c.run }));
    const create: Entry[] = (folded ? (kinds ?? []) : [])
      .filter(
        (kind) =>
          kind.may.create && kind.menu !== false && matches(t('palette.create', { kind: format.text(kind.title) })),
      )
      .map((kind) => ({
        id: `new-${kind.id}`,
        group: 'do',
        label: t('palette.create', { kind: format.text(kind.title) }),
        kind: '',
        run: () => go(`/records/${kind.id}/new`),
      }));
    const pages: Entry[] = allNavItems
      .filter((item) => matches(t(`nav.${item.id}`)))
      .map((item) => ({
        id: item.id,
        group: 'open',
        label: t(`nav.${item.id}`),
        kind: t('palette.page'),
        run: () => go(item.to),
      }));
    const lists: Entry[] = (folded ? (kinds ?? []) : [])
      .filter((kind) => kind.menu !== false && matches(format.text(kind.plural)))
      .map((kind) => ({
        id: `list-${kind.id}`,
        group: 'open',
        label: format.text(kind.plural),
        kind: t('nav.registers'),
        run: () => go(`/records/${kind.id}`),
      }));
    const records: Entry[] = (query ? (found.data?.items ?? []) : []).map((item) => ({
      id: `${item.type}-${item.kind ?? ''}-${item.id}`,
      group: 'open',
      label: item.number ? `${item.number} ${item.label}` : item.label,
      kind:
        item.type === 'standard-item'
          ? t('palette.item')
          : format.text(kinds?.find((kind) => kind.id === item.kind)?.title),
      run: () => go(item.path),
    }));
    return [...doing.slice(0, folded ? 6 : 4), ...create.slice(0, 4), ...records, ...pages, ...lists.slice(0, 6)];
  }, [text, query, found.data, kinds, commands, format, go, t]);

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt((now) => Math.min(now + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0));
    else if (event.key === 'Enter') choose(entries[at]);
    else return;
    event.preventDefault();
  };
  const option = (entry: Entry, index: number) => (
    <li
      key={entry.id}
      id={`palette-${index}`}
      role="option"
      aria-selected={index === at}
      className="palette-item"
      onMouseMove={() => setAt(index)}
      onClick={() => choose(entry)}
    >
      {entry.group === 'do' ? (
        <Zap size={15} strokeWidth={1.7} aria-hidden />
      ) : (
        <ArrowRight size={15} strokeWidth={1.7} aria-hidden />
      )}
      <span className="clip grow">{entry.label}</span>
      <span className="hint nowrap">{entry.kind}</span>
    </li>
  );
  const section = (group: Entry['group']) => {
    const own = entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.group === group);
    if (own.length === 0) return null;
    return (
      <li role="presentation">
        <div className="palette-group" id={`palette-${group}`}>
          {t(`palette.${group}`)}
        </div>
        <ul role="group" aria-labelledby={`palette-${group}`}>
          {own.map(({ entry, index }) => option(entry, index))}
        </ul>
      </li>
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={560}
      yOffset="12vh"
      centered={false}
      classNames={{ body: 'palette-body' }}
      aria-label={t('palette.title')}
    >
      <div className="palette">
        <div className="palette-field">
          <Search size={16} strokeWidth={1.7} aria-hidden />
          <input
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKey}
            placeholder={t('shell.search')}
            aria-label={t('palette.title')}
            role="combobox"
            aria-expanded
            aria-controls="palette-list"
            aria-activedescendant={entries.length ? `palette-${at}` : undefined}
          />
        </div>
        <ul id="palette-list" role="listbox" aria-label={t('palette.title')} className="palette-list">
          {section('do')}
          {section('open')}
          {entries.length === 0 && (
            <li role="option" aria-selected={false} aria-disabled className="palette-empty">
              {t('palette.none')}
            </li>
          )}
        </ul>
        <div className="palette-foot hint">
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('keys.choose')} <Kbd>Enter</Kbd> {t('keys.open')}
          </span>
          <span>{t('palette.folds')}</span>
        </div>
      </div>
    </Modal>
  );
}
