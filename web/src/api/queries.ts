// Server data in components: useGet for reads (keyed by path, query, language and the moment looked at), useSend for
// writes. After a write everything that may have changed is read again.
import {
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  keepPreviousData,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useAsOf } from '@/app/asOf';
import { useLanguage } from '@/app/preferences';
import { api, type Query } from './client';
import { readCalendar, readHome, type Calendar, type RawCalendar, type RawHome } from './home';
import { readLevelRow, type RawLevelRow } from './levels';
import type { Home, LevelRow } from './method';
import { ApiError, isApiError } from './problem';
import type { Kind, Kinds, RecordList, RecordPage } from './types';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && isApiError(error) && (error.offline || error.status >= 502),
    },
  },
});

interface GetOptions {
  enabled?: boolean;
  staleTime?: number;
  /** Keeps showing the last answer while the next one is on its way (lists while filtering). */
  keep?: boolean;
  refetchInterval?: number;
}

export function useGet<T>(path: string, query: Query = {}, options: GetOptions = {}): UseQueryResult<T, ApiError> {
  const moment = useAsOf();
  const language = useLanguage();
  return useQuery<T, ApiError>({
    queryKey: [path, query, language, moment],
    queryFn: ({ signal }) => api.get<T>(path, query, signal),
    enabled: options.enabled ?? true,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
    placeholderData: options.keep ? keepPreviousData : undefined,
  });
}

/** A write. `run` does it; afterwards the reads below `touches` (path prefixes; all when left out) are fetched again. */
export function useSend<In, Out = unknown>(run: (input: In) => Promise<Out>, touches?: string[]) {
  const client = useQueryClient();
  return useMutation<Out, ApiError, In>({
    mutationFn: run,
    onSuccess: () => refresh(client, touches),
  });
}

export function refresh(client: QueryClient, touches?: string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => {
      const path = String(queryKey[0]);
      return !path.startsWith('/session') && (!touches || touches.some((prefix) => path.startsWith(prefix)));
    },
  });
}

export const useKinds = () => useGet<Kinds>('/kinds', {}, { staleTime: 10 * 60_000 });

export function useKind(id: string): Kind | undefined {
  return useKinds().data?.kinds.find((kind) => kind.id === id);
}

export const useRecords = <F = Record<string, unknown>>(kind: string, query: Query = {}, options: GetOptions = {}) =>
  useGet<RecordList<F>>(`/records/${kind}`, query, options);

export const useRecord = <F = Record<string, unknown>>(
  kind: string,
  id: string,
  query: Query = {},
  options: GetOptions = {},
) => useGet<RecordPage<F>>(`/records/${kind}/${id}`, query, options);

/** The levels of one service, ready to be drawn. */
export function useLevels(service: string): { rows: LevelRow[]; pending: boolean } {
  const answer = useGet<{ items: RawLevelRow[] }>(`/services/${service}/levels`, {}, { enabled: service !== '' });
  const data = answer.data;
  const rows = useMemo(() => data?.items.map(readLevelRow) ?? [], [data]);
  return { rows, pending: answer.isPending };
}

/** Home, read once for the page and for the counts of the frame. */
export function useHome(): UseQueryResult<Home, ApiError> {
  const answer = useGet<RawHome>('/home', {}, { staleTime: 60_000 });
  const raw = answer.data;
  const data = useMemo<Home | undefined>(() => raw && readHome(raw), [raw]);
  return { ...answer, data } as UseQueryResult<Home, ApiError>;
}

/** The duties of a span of days, with the tasks of each. */
export function useCalendar(from: string, to: string): UseQueryResult<Calendar, ApiError> {
  const answer = useGet<RawCalendar>('/calendar', { from, to }, { keep: true });
  const raw = answer.data;
  const data = useMemo<Calendar | undefined>(() => raw && readCalendar(raw), [raw]);
  return { ...answer, data } as UseQueryResult<Calendar, ApiError>;
}
