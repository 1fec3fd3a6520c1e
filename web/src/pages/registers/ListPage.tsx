// A register of any kind, made from its declaration.
import { Button, Menu } from '@mantine/core';
import { Archive, BookOpenText, Download, Plus, Upload } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, url } from '@/api/client';
import { isApiError } from '@/api/problem';
import { useGet, useKind, useKinds, useSend } from '@/api/queries';
import type { GenmeiRecord, Kind, RecordList } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { A, recordPath, useGo, useParam } from '@/app/navigation';
import { say } from '@/app/notices';
import { PageLoading } from '@/app/shell/Frame';
import { useTitle } from '@/app/title';
import { KeyHints } from '@/design/Kbd';
import { PageTabs } from '@/design/PageTabs';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { isSimple } from '@/pages/record/values';
import { Filters } from './Filters';
import { ImportDialog } from './ImportDialog';
import { RegisterTable } from './RegisterTable';
import { columnsOf, useListState, useRows } from './useList';
import './registers.css';

export default function ListPage() {
  const { t } = useTranslation('records');
  const kindId = useParam('kind');
  const kinds = useKinds();
  const kind = useKind(kindId);
  if (!kind) return kinds.error ? <div className="page"><ErrorState error={kinds.error} page /></div> : kinds.data ? <div className="page"><EmptyState heading="h1" title={t('noKind')} /></div> : <PageLoading />;
  return <Register key={kind.id} kind={kind} />;
}

const columnsKey = (kind: string) => `columns/${kind}`;

function useColumns(kind: Kind): [string[], (next: string[] | null) => void] {
  const [chosen, setChosen] = useState<string[] | null>(() => {
    try {
      return JSON.parse(localStorage.getItem(columnsKey(kind.id)) ?? 'null') as string[] | null;
    } catch {
      return null;
    }
  });
  const set = (next: string[] | null) => {
    setChosen(next);
    if (next) localStorage.setItem(columnsKey(kind.id), JSON.stringify(next));
    else localStorage.removeItem(columnsKey(kind.id));
  };
  return [chosen ?? kind.list.columns, set];
}

/** How many a view holds, for its tab. */
function useViewCounts(kind: Kind): Record<string, number | undefined> {
  const views = kind.list.views ?? [];
  const count = (filter: string) => ({ ...Object.fromEntries(new URLSearchParams(filter)), limit: 1, count: true });
  // The number of views is fixed by the kind, and the component is keyed by it.
  const answers = views.map((view) => useGet<RecordList>(`/records/${kind.id}`, count(view.filter), { staleTime: 60_000 }));
  const all = useGet<RecordList>(`/records/${kind.id}`, { limit: 1, count: true }, { staleTime: 60_000 });
  return Object.fromEntries([['', all.data?.total] as const, ...views.map((view, index) => [view.id, answers[index]?.data?.total] as const)]);
}

function Register({ kind }: { kind: Kind }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const go = useGo();
  const moment = useAsOf();
  const state = useListState(kind);
  const rows = useRows(kind, state.query);
  const counts = useViewCounts(kind);
  const [columns, setColumns] = useColumns(kind);
  const [at, setAt] = useState(-1);
  const [checked, setChecked] = useState<Set<string>>(new Set());
  const [editing, setEditing] = useState<{ id: string; field: string } | null>(null);
  const [importing, setImporting] = useState(false);
  const find = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => columnsOf(kind, columns), [kind, columns]);
  const name = format.text(kind.plural);
  const writable = kind.may.update && moment === null;
  const base = `/records/${kind.id}`;
  useTitle(name);
  const archive = useSend((items: GenmeiRecord[]) => api.post<{ items: GenmeiRecord[] }>(`${base}/bulk`, { archive: items.map(({ id, revision }) => ({ id, revision })) }), [base]);
  const restore = useSend(async (items: GenmeiRecord[]) => {
    for (const item of items) await api.post(`${base}/${item.id}/restore`, {}, { revision: item.revision });
  }, [base]);
  const putAway = () => {
    const chosen = rows.items.filter((item) => checked.has(item.id));
    archive.mutate(chosen, {
      onSuccess: (answer) => {
        setChecked(new Set());
        say(t('select.archived', { count: chosen.length }), { undo: () => restore.mutate(answer.items, { onSuccess: () => say(t('restored')) }) });
      },
      onError: (error) => say(isApiError(error) ? (error.errors[0]?.message ?? error.message) : t('error.save'), { tone: 'miss' }),
    });
  };
  const toggle = (id: string) => setChecked((now) => {
    const next = new Set(now);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  const current = rows.items[at];
  const editFirst = () => {
    const field = shown.find((column) => column.field && isSimple(column.field))?.field;
    if (current && field && writable) setEditing({ id: current.id, field: field.name });
  };
  const create = () => kind.may.create && moment === null && go(`${base}/new`);
  useKeys([
    { keys: 'j', label: t('keys.next'), run: () => setAt((now) => Math.min(now + 1, rows.items.length - 1)) },
    { keys: 'k', label: t('keys.previous'), run: () => setAt((now) => Math.max(now - 1, 0)) },
    { keys: 'Enter', label: t('keys.open'), run: () => current && go(recordPath(kind.id, current.id)) },
    { keys: 'x', label: t('select.key'), run: () => current && toggle(current.id) },
    { keys: 'e', label: t('cell.key'), run: editFirst },
    { keys: 'n', label: t('new', { kind: format.text(kind.title) }), run: create },
    { keys: '/', label: t('keys.filter'), run: () => find.current?.focus() },
  ]);
  const fetchMore = useCallback(() => rows.fetchMore(), [rows.fetchMore]);
  const narrowed = state.filters.length > 0 || Boolean(state.search.q) || state.view !== '' || state.search.archived === 'true';
  const exportLink = (format_: string) => url(`${base}/export`, { ...state.query, format: format_, lang: format.language });
  return (
    <div className="page-fill register">
      <header className="row wrap between register-head">
        <div>
          <nav className="crumbs"><A to="/registers">{t('nav.registers')}</A></nav>
          <div className="row wrap"><h1>{name}</h1>{rows.total !== undefined && <span className="ink2">{t('count', { count: rows.total, shown: format.number(rows.total) })}</span>}</div>
        </div>
        <div className="row wrap">
          {kind.may.export && (
            <Menu>
              <Menu.Target><Button variant="default" leftSection={<Download size={15} aria-hidden />}>{t('export.title')}</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={exportLink('xlsx')} download>{t('export.xlsx')}</Menu.Item>
                <Menu.Item component="a" href={exportLink('csv')} download>{t('export.csv')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {kind.may.create && <Button variant="default" leftSection={<Upload size={15} aria-hidden />} disabled={moment !== null} onClick={() => setImporting(true)}>{t('import.open')}</Button>}
          {kind.may.create && <Button leftSection={<Plus size={16} aria-hidden />} disabled={moment !== null} onClick={create}>{t('new', { kind: format.text(kind.title) })}</Button>}
        </div>
      </header>
      {(kind.list.views ?? []).length > 0 && (
        <PageTabs label={t('views')} value={state.view} tabs={[{ id: '', label: t('viewAll'), count: counts[''], to: base }, ...(kind.list.views ?? []).map((view) => ({ id: view.id, label: format.text(view.title), count: counts[view.id], to: `${base}?view=${view.id}` }))]} />
      )}
      <Filters ref={find} kind={kind} state={state} labels={rows.labels} columns={columns} onColumns={setColumns} />
      {rows.error && <ErrorState error={rows.error} onRetry={rows.again} />}
      {rows.pending && !rows.error && <Skeleton rows={8} />}
      {!rows.pending && rows.items.length === 0 && !rows.error && (
        narrowed
          ? <EmptyState title={t('emptyNarrow')} example={t('emptyNarrowHint')} action={{ label: t('filter.clear'), run: () => go(base) }} />
          : <EmptyState icon={BookOpenText} title={format.text(kind.purpose)} example={kind.example && t('example', { text: format.text(kind.example) })} action={kind.may.create && moment === null ? { label: t('new', { kind: format.text(kind.title) }), run: create } : undefined} second={kind.may.create && moment === null ? { label: t('import.fromExcel'), run: () => setImporting(true) } : undefined} />
      )}
      {rows.items.length > 0 && (
        <div className="card register-card">
          <RegisterTable kind={kind} items={rows.items} labels={rows.labels} columns={shown} sort={state.sort} onSort={(sort) => state.set({ sort })} at={at} onAt={setAt} checked={checked} onCheck={toggle} onCheckAll={() => setChecked((now) => (now.size === rows.items.length ? new Set() : new Set(rows.items.map((item) => item.id))))} editable={writable} editing={editing} onEdit={setEditing} onEnd={fetchMore} />
          <footer className="register-foot">
            {checked.size > 0 ? (
              <>
                <b role="status">{t('select.count', { count: checked.size })}</b>
                {kind.may.archive && <Button size="xs" variant="default" leftSection={<Archive size={14} aria-hidden />} loading={archive.isPending} disabled={moment !== null} onClick={putAway}>{t('archive')}</Button>}
                <button type="button" className="plain-button text-link" onClick={() => setChecked(new Set())}>{t('select.none')}</button>
              </>
            ) : (
              <>
                <span role="status">{rows.total !== undefined ? t('shown', { shown: format.number(rows.items.length), total: format.number(rows.total) }) : ''}</span>
                <span className="grow" />
                <KeyHints hints={[{ keys: 'j k', label: t('keys.choose') }, { keys: 'Enter', label: t('keys.open') }, { keys: 'x', label: t('select.key') }, { keys: 'e', label: t('cell.key') }, { keys: 'n', label: t('action.add') }]} />
              </>
            )}
          </footer>
        </div>
      )}
      {importing && <ImportDialog kind={kind} onClose={() => setImporting(false)} />}
    </div>
  );
}
