// Months of one value against its reference (solid vermilion) and contract (dashed indigo). The axis does not start at
// zero but is labelled; only values on the wrong side change shape.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { toDate, useFormat } from '@/app/format';

interface Props {
  points: { at: string; value: number }[];
  reference?: number | null;
  contract?: number | null;
  floor: boolean;
  /** The reference must be reached (solid vermilion); else it is a guide (dashed grey). */
  must?: boolean;
  unit: string;
  label: string;
}

const WIDTH = 300;
const HEIGHT = 168;
const LEFT = 40;
const RIGHT = 12;
const TOP = 18;
const BOTTOM = 24;

function ticksOf(low: number, high: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / 3;
  const base = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * base).find((one) => one >= raw) ?? raw;
  const ticks: number[] = [];
  for (let tick = Math.floor(low / step) * step; tick < high + step * 0.999; tick += step)
    ticks.push(Number(tick.toFixed(6)));
  return ticks;
}

export function TimeSeries({ points, reference = null, contract = null, floor, must = true, unit, label }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const values = [
    ...points.map((point) => point.value),
    ...[reference, contract].filter((one): one is number => one !== null),
  ];
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const low = Math.min(ticks[0] ?? 0, ...values);
  const high = Math.max(ticks.at(-1) ?? 1, ...values);
  const x = (index: number) => LEFT + ((WIDTH - LEFT - RIGHT) * index) / Math.max(1, points.length - 1);
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  const bad = (value: number, limit: number | null) => limit !== null && (floor ? value < limit : value > limit);
  const month = (at: string) =>
    format.language === 'ja' ? t('series.month', { month: toDate(at).getMonth() + 1 }) : format.month(at).slice(0, 3);
  return (
    <svg className="series" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="series-grid" d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 6} y={y(tick) + 4} className="series-text end">
            {tick}
          </text>
        </g>
      ))}
      {reference !== null && reference !== contract && (
        <>
          <path
            className={must ? 'series-reference' : 'series-guide'}
            d={`M${LEFT} ${y(reference)}H${WIDTH - RIGHT}`}
          />
          <text className={must ? 'series-label shu' : 'series-label'} x={WIDTH - RIGHT} y={y(reference) - 4}>
            {t('level.reference')} {reference}
            {unit}
          </text>
        </>
      )}
      {contract !== null && (
        <>
          <path className="series-contract" d={`M${LEFT} ${y(contract)}H${WIDTH - RIGHT}`} />
          <text className="series-label ai" x={WIDTH - RIGHT} y={y(contract) + 13}>
            {t('level.contract')} {contract}
            {unit}
          </text>
        </>
      )}
      <path
        className="series-line"
        d={points.map((point, index) => `${index ? 'L' : 'M'}${x(index)} ${y(point.value)}`).join('')}
      />
      {points.map((point, index) => (
        <g key={point.at} transform={`translate(${x(index)} ${y(point.value)})`}>
          <title>{`${format.date(point.at, 'plain')} ${point.value}${unit}`}</title>
          {must && bad(point.value, reference) ? (
            <path className="series-miss" d="M0-5.5 5.5 0 0 5.5-5.5 0Z" />
          ) : bad(point.value, contract) || bad(point.value, reference) ? (
            <path className="series-warn" d="M0-4.6 5 4.4H-5Z" />
          ) : (
            <circle className="series-met" r="4" />
          )}
        </g>
      ))}
      {points.map(
        (point, index) =>
          index % 2 === 0 && (
            <text key={point.at} className="series-text middle" x={x(index)} y={HEIGHT - 6}>
              {month(point.at)}
            </text>
          ),
      )}
    </svg>
  );
}
