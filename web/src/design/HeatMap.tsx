// The year's work: weeks across, Monday to Friday down. Done green, due indigo (darker: more), late red with "!",
// holidays blank, today outlined. Arrow keys walk the days, Enter opens one. The table stands behind the button.
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/api/method';
import { isoDay, toDate, today, useFormat } from '@/app/format';

interface Props {
  from: string;
  to: string;
  days: CalendarDay[];
  holidays: string[];
  label: string;
  onOpen: (date: string) => void;
}

interface Cell extends CalendarDay {
  week: number;
  weekday: number;
  holiday: boolean;
}

const HEIGHT = 25;
const LEFT = 24;

export function useYear(from: string, to: string, days: CalendarDay[], holidays: string[]) {
  return useMemo(() => {
    const known = new Map(days.map((day) => [day.date, day]));
    const free = new Set(holidays);
    const cells: Cell[] = [];
    const months: { week: number; date: string }[] = [];
    const start = toDate(from);
    const monday = new Date(start);
    monday.setDate(start.getDate() - ((start.getDay() + 6) % 7));
    const last = toDate(to);
    for (const day = new Date(start); day <= last; day.setDate(day.getDate() + 1)) {
      const weekday = (day.getDay() + 6) % 7;
      const week = Math.floor(Math.round((day.getTime() - monday.getTime()) / 86_400_000) / 7);
      const date = isoDay(day);
      if (day.getDate() === 1) months.push({ week: weekday > 4 ? week + 1 : week, date });
      if (weekday > 4) continue;
      const found = known.get(date);
      cells.push({
        date,
        week,
        weekday,
        holiday: free.has(date),
        done: found?.done ?? 0,
        due: found?.due ?? 0,
        late: found?.late ?? 0,
      });
    }
    const weeks = (cells.at(-1)?.week ?? 0) + 1;
    return { cells, months, weeks };
  }, [from, to, days, holidays]);
}

const depth = (count: number): number => (count === 0 ? 0 : count < 2 ? 1 : count < 4 ? 2 : count < 7 ? 3 : 4);

export function HeatMap({ from, to, days, holidays, label, onOpen }: Props) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { cells, months, weeks } = useYear(from, to, days, holidays);
  const now = today();
  const [wanted, setAt] = useState<string>(now);
  // A weekend has no cell: the working day before it stands for it.
  const at = (cells.findLast((cell) => cell.date <= wanted) ?? cells[0])?.date ?? wanted;
  const { ref, width } = useElementSize();
  const pitch = Math.max(9, (Math.max(width, 500) - LEFT) / weeks);
  const gap = pitch > 14 ? 3 : 2;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 7, ArrowLeft: -7, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') onOpen(at);
    else if (step) {
      const day = toDate(at);
      do day.setDate(day.getDate() + Math.sign(step) * (Math.abs(step) === 7 ? 7 : 1));
      while (day.getDay() % 6 === 0);
      const next = isoDay(day);
      if (next >= from && next <= to) setAt(next);
    } else return;
    event.preventDefault();
  };
  const name = (cell: Cell) =>
    cell.holiday
      ? t('year.holiday', { date: format.date(cell.date) })
      : t('year.cell', { date: format.date(cell.date), done: cell.done, due: cell.due, late: cell.late });
  return (
    <div ref={ref} className="heat-frame">
      <svg
        className="heat"
        width={LEFT + weeks * pitch}
        height={18 + 5 * HEIGHT}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={`day-${at}`}
        onKeyDown={move}
      >
        {months.map((month) => (
          <text key={month.date} aria-hidden className="heat-text" x={LEFT + month.week * pitch} y={10}>
            {t(`year.month.${toDate(month.date).getMonth() + 1}`)}
          </text>
        ))}
        {[0, 2, 4].map((weekday) => (
          <text key={weekday} aria-hidden className="heat-text" x={8} y={18 + weekday * HEIGHT + 17}>
            {t(`year.weekday.${weekday}`)}
          </text>
        ))}
        {cells.map((cell) => (
          <g
            key={cell.date}
            id={`day-${cell.date}`}
            role="option"
            aria-selected={cell.date === at}
            aria-label={name(cell)}
            onClick={() => onOpen(cell.date)}
            className="heat-day"
          >
            <title>{name(cell)}</title>
            {!cell.holiday && (
              <rect
                x={LEFT + cell.week * pitch}
                y={18 + cell.weekday * HEIGHT}
                width={pitch - gap}
                height={HEIGHT - 3}
                rx={1.6}
                className={
                  cell.late
                    ? 'heat-late'
                    : cell.date < now || (cell.done && !cell.due)
                      ? `heat-done-${depth(cell.done)}`
                      : `heat-due-${depth(cell.due)}`
                }
              />
            )}
            {cell.late > 0 && (
              <text
                aria-hidden
                className="heat-bang"
                x={LEFT + cell.week * pitch + (pitch - gap) / 2}
                y={18 + cell.weekday * HEIGHT + 16}
              >
                !
              </text>
            )}
            {cell.date === now && (
              <rect
                className="heat-today"
                x={LEFT + cell.week * pitch - 0.6}
                y={18 + cell.weekday * HEIGHT - 0.6}
                width={pitch - gap + 1.2}
                height={HEIGHT - 1.8}
                rx={2}
              />
            )}
            {cell.date === at && (
              <rect
                className="heat-at"
                x={LEFT + cell.week * pitch - 1}
                y={18 + cell.weekday * HEIGHT - 1}
                width={pitch - gap + 2}
                height={HEIGHT - 1}
                rx={2}
              />
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
