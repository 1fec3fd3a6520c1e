import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import { levelText, rowTone, trackOf, valueText } from './level';

/** Track with the acceptable side tinted, reference as a post (flag: must be reached), contract as a tick, measured as
    the mark of its state. Not measured: no mark. Free: nothing. The numbers always stand beside it. */
export function LevelMeter({ row }: { row: Pick<LevelRow, 'reference' | 'sla' | 'measured' | 'verdict' | 'gap'> & Partial<LevelRow> }) {
  const { t } = useTranslation();
  const track = trackOf(row);
  if (!track || row.verdict === 'free') return null;
  const must = row.reference?.must_reach ?? false;
  const sentence = row.measured
    ? t('level.sentence', { measured: valueText(row.measured.value, row.measured.unit ?? row.reference?.unit ?? row.sla?.unit, t), reference: levelText(row.reference ?? row.sla, t), verdict: t(`verdict.${row.verdict}`), gap: row.gap ?? '' })
    : t('level.sentenceNone', { reference: levelText(row.reference ?? row.sla, t) });
  return (
    <svg className={`meter tone-${rowTone(row as LevelRow)}`} role="img" aria-label={sentence} width="140" height="22" viewBox="0 0 140 22" preserveAspectRatio="none">
      <rect className="meter-track" x="2" y="8.5" width="136" height="6" rx="3" />
      <rect className="meter-ok" x={2 + track.from * 1.36} y="8.5" width={(track.to - track.from) * 1.36} height="6" rx="3" />
      {track.contract !== null && <path className="meter-contract" d={`M${2 + track.contract * 1.36} 5V18`} />}
      {track.reference !== null && must && (
        <path className="meter-must" d={`M${2 + track.reference * 1.36} 19V3h${track.floor ? 5 : -5}l${track.floor ? -1.6 : 1.6} 2 ${track.floor ? 1.6 : -1.6} 2h${track.floor ? -5 : 5}`} />
      )}
      {track.reference !== null && !must && <path className="meter-guide" d={`M${2 + track.reference * 1.36} 3V20`} />}
      {track.measured !== null && <g transform={`translate(${2 + track.measured * 1.36} 11.5)`}>{point(rowTone(row as LevelRow))}</g>}
    </svg>
  );
}

function point(tone: ReturnType<typeof rowTone>) {
  if (tone === 'miss') return <path className="meter-point" d="M0-6 6 0 0 6-6 0Z" />;
  if (tone === 'warn') return <path className="meter-point" d="M0-5 5.6 5H-5.6Z" />;
  if (tone === 'stale') return <circle className="meter-point-open" r="4.6" />;
  return <circle className="meter-point" r="5" />;
}
