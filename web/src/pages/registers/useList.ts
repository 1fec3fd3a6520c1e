// A register as its address says it: view, filters, search, order. Pages are fetched by key while scrolling.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, type Query } from '@/api/client';
import type { ApiError } from '@/api/problem';
import type { Field, GenmeiRecord, Kind, Labels, RecordList } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { useSearch } from '@/app/navigation';
import { useLanguage } from '@/app/preferences';

const PAGE = 100;
/** Parts of the address that are not filters. */
const OWN = new Set(['view', 'q', 'sort', 'archived', 'columns', 'edit']);

export interface ListState {
  view: string;
  query: Query;
  sort: string;
  filters: { key: string; field: string; value: string }[];
  set: (change: Record<string, string | null>) => void;
  search: Record<string, string>;
}

export function useListState(kind: Kind): ListState {
  const [search, set] = useSearch();
  return useMemo(() => {
    const views = kind.list.views ?? [];
    const view = views.find((one) => one.id === search.view);
    const filters = Object.entries(search).filter(([key]) => !OWN.has(key)).map(([key, value]) => ({ key, value, field: key.replace(/\[.*$/, '') }));
    const sort = search.sort ?? kind.list.sort ?? 'number';
    const query: Query = {
      ...(view ? Object.fromEntries(new URLSearchParams(view.filter)) : {}),
      ...Object.fromEntries(filters.map((filter) => [filter.key, filter.value])),
      q: search.q, archived: search.archived, sort,
    };
    return { view: view?.id ?? '', query, sort, filters, set, search };
  }, [kind, search, set]);
}

export interface Rows {
  items: GenmeiRecord[];
  labels: Labels;
  total: number | undefined;
  more: boolean;
  pending: boolean;
  fetching: boolean;
  error: ApiError | null;
  fetchMore: () => void;
  again: () => void;
}

export function useRows(kind: Kind, query: Query): Rows {
  const moment = useAsOf();
  const language = useLanguage();
  const path = `/records/${kind.id}`;
  const answer = useInfiniteQuery<RecordList, ApiError, { pages: RecordList[] }, unknown[], string>({
    queryKey: [path, 'pages', query, language, moment],
    queryFn: ({ pageParam, signal }) => api.get<RecordList>(path, { ...query, limit: PAGE, cursor: pageParam || undefined, count: pageParam ? undefined : true }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const pages = answer.data?.pages;
  const items = useMemo(() => (pages ?? []).flatMap((page) => page.items), [pages]);
  const labels = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.labels)) as Labels, [pages]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = answer;
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { items, labels, total: pages?.[0]?.total, more: hasNextPage, pending: answer.isPending, fetching: answer.isFetching, error: answer.error, fetchMore, again: () => void refetch() };
}

/** A column of a register; `field` is null for what every record has. */
export interface Column {
  name: string;
  field: Field | null;
}

export function columnsOf(kind: Kind, chosen: string[] | null): Column[] {
  const names = chosen ?? kind.list.columns;
  return names.flatMap((name): Column[] => {
    if (name === 'number' || name === 'state' || name === 'updated_at') return [{ name, field: null }];
    const field = kind.fields.find((one) => one.name === name);
    return field ? [{ name, field }] : [];
  });
}

/** What the server can sort by: the declared fields, and what every record has. */
export const sortable = (name: string, field: Field | null): boolean => (field ? Boolean(field.sort) : name === 'number' || name === 'updated_at');
