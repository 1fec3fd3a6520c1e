import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import { gapText, levelText, rowTone, trackOf, valueText } from './level';

/** Track with the acceptable side tinted, reference as a post (flag: must be reached), contract as a tick, measured as
    the mark of its state. Not measured: no mark. Free: nothing. The numbers always stand beside it. */
export function LevelMeter({ row }: { row: LevelRow }) {
  const { t } = useTranslation();
  const track = trackOf(row);
  if (!track || row.verdict === 'free') return null;
  const must = row.reference?.must_reach ?? false;
  const tone = rowTone(row);
  const reference = levelText(row.reference ?? row.sla, t);
  const unit = row.measured?.unit ?? row.reference?.unit ?? row.sla?.unit;
  const sentence = row.measured
    ? t('level.sentence', {
        measured: valueText(row.measured.value, unit, t),
        reference,
        verdict: t(`verdict.${tone === 'stale' ? 'stale' : row.verdict}`),
        gap: gapText(row, t),
      })
    : t('level.sentenceNone', { reference });
  const side = track.floor ? 1 : -1;
  return (
    <svg className={`meter tone-${tone}`} role="img" aria-label={sentence} height="22" width="100%">
      <rect className="meter-track" x="0" y="8" width="100%" height="6" rx="3" />
      <rect className="meter-ok" x={`${track.from}%`} y="8" width={`${track.to - track.from}%`} height="6" rx="3" />
      {track.contract !== null && (
        <svg x={`${track.contract}%`} overflow="visible">
          <path className="meter-contract" d="M0 5V17" />
        </svg>
      )}
      {track.reference !== null && (
        <svg x={`${track.reference}%`} overflow="visible">
          {must ? (
            <path className="meter-must" d={`M0 19V2.5h${5 * side}l${-1.6 * side} 2 ${1.6 * side} 2H0`} />
          ) : (
            <path className="meter-guide" d="M0 3V19" />
          )}
        </svg>
      )}
      {track.measured !== null && (
        <svg x={`${track.measured}%`} y="11" overflow="visible">
          {point(tone)}
        </svg>
      )}
    </svg>
  );
}

function point(tone: ReturnType<typeof rowTone>) {
  if (tone === 'miss') return <path className="meter-point" d="M0-6 6 0 0 6-6 0Z" />;
  if (tone === 'warn') return <path className="meter-point" d="M0-5 5.6 5H-5.6Z" />;
  if (tone === 'stale') return <circle className="meter-point-open" r="4.6" />;
  return <circle className="meter-point" r="5" />;
}
