// Tasks as the work page sees them: today's list, ordered, grouped and typed.
import { useRecords } from '@/api/queries';
import type { GenmeiRecord, Labels } from '@/api/types';
import { isoDay, today } from '@/app/format';

export interface TaskFields {
  title?: string;
  why?: string;
  due_on?: string;
  owner?: string;
  deputy?: string;
  source_kind?: string;
  source_record_kind?: string;
  source_record?: string;
  item?: string;
  service?: string;
  recurrence?: string;
  requires_evidence?: boolean;
  evidence?: string[];
  result?: string;
  done_at?: string;
  remarks?: string;
}

export type Task = GenmeiRecord<TaskFields>;
export type Whose = 'mine' | 'all';
export type Group = 'overdue' | 'today' | 'soon' | 'later';

export const GROUPS: Group[] = ['overdue', 'today', 'soon', 'later'];

export function groupOf(task: Task): Group {
  const due = task.fields.due_on?.slice(0, 10);
  const now = today();
  if (!due) return 'later';
  if (due < now) return 'overdue';
  if (due === now) return 'today';
  const soon = new Date();
  soon.setDate(soon.getDate() + 14);
  return due <= isoDay(soon) ? 'soon' : 'later';
}

export function useTasks(
  whose: Whose,
  person: string | null,
): { tasks: Task[]; labels: Labels; total: number; query: ReturnType<typeof useRecords<TaskFields>> } {
  const query = useRecords<TaskFields>(
    'task',
    {
      state: 'open',
      sort: 'due_on,number',
      limit: 200,
      count: true,
      owner: whose === 'mine' && person ? '@me' : undefined,
    },
    { keep: true },
  );
  return {
    tasks: query.data?.items ?? [],
    labels: query.data?.labels ?? {},
    total: query.data?.total ?? query.data?.items.length ?? 0,
    query,
  };
}
