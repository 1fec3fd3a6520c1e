// Home and the calendar as the server gives them, read into the shape that pages draw.
import { readLevelRow, type RawLevelRow } from './levels';
import type { CalendarDay, Home, HomeTask, Posture } from './method';
import type { GenmeiRecord, Labels, Text } from './types';

interface TaskFields {
  title?: string;
  why?: string;
  due_on?: string;
  owner?: string;
  item?: string;
}

type RawTask = (GenmeiRecord<TaskFields> & { late_business_days?: number }) | HomeTask;
type RawHoliday = string | { date: string; name: Text };

interface RawService extends Omit<Home['services'][number], 'lead' | 'worst'> {
  lead: RawLevelRow | null;
  worst?: RawLevelRow | null;
  unmeasured?: number;
}

export interface RawHome extends Omit<Home, 'services' | 'tasks' | 'posture' | 'calendar' | 'setup'> {
  tasks: RawTask[];
  tasks_total?: number;
  services: RawService[];
  posture: Partial<Posture> & Pick<Posture, 'standards'>;
  calendar: {
    from: string;
    to: string;
    days: CalendarDay[];
    holidays: RawHoliday[];
    next_peak: { date?: string; week?: string; count: number } | null;
  };
  setup: { done: boolean; step?: number };
  labels?: Labels;
}

export const holidayDates = (holidays: RawHoliday[]): string[] =>
  holidays.map((one) => (typeof one === 'string' ? one : one.date));

/** "iso27001-2022/annex-a/A.5.1" is called A.5.1. */
const refOf = (item: string | undefined): string[] => {
  const ref = item?.split('/').at(-1);
  return ref ? [ref] : [];
};

export function readTask(task: RawTask, labels: Labels): HomeTask {
  if (!('fields' in task)) return task;
  return {
    id: task.id,
    number: task.number,
    title: task.fields.title ?? task.number,
    why: task.fields.why,
    due_on: task.fields.due_on ?? null,
    state: task.state,
    late_days: task.late_business_days,
    owner: task.fields.owner,
    owner_name: labels[`person/${task.fields.owner ?? ''}`]?.label,
    serves: refOf(task.fields.item),
  };
}

export function readHome(raw: RawHome): Home {
  const labels = raw.labels ?? {};
  const overdue = raw.figures.find((figure) => figure.id === 'overdue')?.value ?? 0;
  const stale = raw.figures.find((figure) => figure.id === 'stale')?.value ?? 0;
  const tasks = raw.tasks.map((task) => readTask(task, labels));
  return {
    ...raw,
    tasks,
    tasksTotal:
      raw.tasks_total ?? (raw.posture.tasks ? raw.posture.tasks.overdue + raw.posture.tasks.week : tasks.length),
    services: raw.services.map((one) => {
      const lead = one.lead && readLevelRow(one.lead);
      const worst = one.worst ? readLevelRow(one.worst) : lead?.verdict === 'not_met' ? lead : null;
      const must = one.must_reach;
      return { ...one, lead, worst, must_reach: { ...must, not_measured: must.not_measured ?? one.unmeasured } };
    }),
    posture: {
      must_reach: { total: 0, missed: 0 },
      tasks: { overdue, today: 0, week: 0 },
      evidence: { stale, total: 0 },
      ...raw.posture,
    },
    calendar: {
      ...raw.calendar,
      holidays: holidayDates(raw.calendar.holidays),
      next_peak: raw.calendar.next_peak && {
        date: raw.calendar.next_peak.date ?? raw.calendar.next_peak.week ?? raw.calendar.from,
        count: raw.calendar.next_peak.count,
      },
    },
  };
}

export interface RawCalendar {
  days: (Omit<CalendarDay, 'tasks'> & { tasks?: RawTask[] })[];
  holidays: RawHoliday[];
  tasks?: RawTask[];
  labels?: Labels;
}

export interface Calendar {
  days: (Omit<CalendarDay, 'tasks'> & { tasks: HomeTask[] })[];
  holidays: string[];
}

export function readCalendar(raw: RawCalendar): Calendar {
  const labels = raw.labels ?? {};
  const byDay = new Map<string, HomeTask[]>();
  for (const task of (raw.tasks ?? []).map((one) => readTask(one, labels))) {
    const day = task.due_on?.slice(0, 10) ?? '';
    byDay.set(day, [...(byDay.get(day) ?? []), task]);
  }
  return {
    holidays: holidayDates(raw.holidays),
    days: raw.days.map((day) => ({
      ...day,
      tasks: byDay.get(day.date) ?? (day.tasks ?? []).map((one) => readTask(one, labels)),
    })),
  };
}
