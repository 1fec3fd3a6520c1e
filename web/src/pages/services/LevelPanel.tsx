import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import { useRecords } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { Provenance } from '@/design/Provenance';
import { StateBadge } from '@/design/StateBadge';
import { TimeSeries } from '@/design/TimeSeries';
import { gapText, isFloor, levelText, rowTone, unitWord, valueText } from '@/design/level';
import { Reference } from './LevelTable';

interface Definition {
  title?: string;
  definition?: string;
  measurer?: string;
  evaluation_item?: string;
  response?: string;
}

const number = (value: unknown): number | null => {
  const result = value === null || value === undefined || value === '' ? NaN : Number(value);
  return Number.isFinite(result) ? result : null;
};

/** One level: twelve months, the values side by side, how it is measured and who demands it. */
export function LevelPanel({
  row,
  service,
  onClose,
  onMeasure,
}: {
  row: LevelRow;
  service: string;
  onClose: () => void;
  onMeasure: () => void;
}) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const moment = useAsOf();
  const definitions = useRecords<Definition>('measurement-definition', { services: service, limit: 200 });
  const definition = definitions.data?.items.find(
    (one) => one.id === row.definition || one.fields.evaluation_item === row.item,
  );
  const taken = useRecords<{ value?: number; period_to?: string }>(
    'measurement',
    { definition: definition?.id, service, sort: '-period_to', limit: 12 },
    { enabled: Boolean(definition) && !row.series?.length },
  );
  const points = row.series?.length
    ? row.series
    : (taken.data?.items ?? [])
        .flatMap((one) =>
          number(one.fields.value) === null
            ? []
            : [{ at: String(one.fields.period_to), value: Number(one.fields.value) }],
        )
        .reverse();
  const unit = row.measured?.unit ?? row.reference?.unit ?? row.sla?.unit;
  const tone = rowTone(row);
  const measurer = definition && definitions.data?.labels[`person/${definition.fields.measurer ?? ''}`]?.label;
  return (
    <aside className="side-panel level-panel" aria-label={format.text(row.label)}>
      <header>
        <div className="row between">
          <h2>{format.text(row.label)}</h2>
          <CloseButton onClick={onClose} aria-label={t('common:action.close')} />
        </div>
        <div className="row">
          <StateBadge tone={tone}>{t(`verdict.${tone === 'stale' ? 'stale' : row.verdict}`)}</StateBadge>
          {row.measured && <Provenance kind={row.measured.provenance} at={row.measured.at} />}
        </div>
      </header>
      <div className="level-panel-body">
        {points.length > 1 && (
          <figure>
            <figcaption className="hint">
              {t('levels.months', { count: points.length, unit: unitWord(unit, t).trim() })}
            </figcaption>
            <TimeSeries
              points={points}
              reference={number(row.reference?.value)}
              contract={number(row.sla?.value)}
              must={row.reference?.must_reach ?? false}
              floor={isFloor(row.reference ?? row.sla)}
              unit={unitWord(unit, t)}
              label={t('levels.seriesLabel', { name: format.text(row.label), count: points.length })}
            />
          </figure>
        )}
        {row.verdict === 'not_measured' && <p className="level-note">{t('levels.notMeasured')}</p>}
        {row.verdict === 'shortfall' && <p className="level-note">{t('levels.shortfall')}</p>}
        {row.verdict === 'not_met' && <p className="level-note">{t('levels.notMet')}</p>}
        <dl className="facts">
          <div className="facts-row">
            <dt>{t('level.reference')}</dt>
            <dd>
              <Reference level={row.reference} />
            </dd>
          </div>
          {row.sla && (
            <div className="facts-row">
              <dt>{t('level.contract')}</dt>
              <dd>{levelText(row.sla, t)}</dd>
            </div>
          )}
          <div className="facts-row">
            <dt>{t('level.measured')}</dt>
            <dd>
              {valueText(row.measured?.value, unit, t)}
              {row.gap && <span className="ink2"> ({gapText(row, t)})</span>}
            </dd>
          </div>
          {row.measured && (
            <div className="facts-row">
              <dt>{t('levels.takenOn')}</dt>
              <dd>{format.date(row.measured.at)}</dd>
            </div>
          )}
          {definition?.fields.definition && (
            <div className="facts-row">
              <dt>{t('levels.how')}</dt>
              <dd>{definition.fields.definition}</dd>
            </div>
          )}
          {measurer && (
            <div className="facts-row">
              <dt>{t('levels.who')}</dt>
              <dd>{measurer}</dd>
            </div>
          )}
          {definition && (
            <div className="facts-row">
              <dt>{t('levels.definition')}</dt>
              <dd>
                <A to={recordPath('measurement-definition', definition.id)}>{definition.number}</A>
              </dd>
            </div>
          )}
        </dl>
        {row.demanded_by && row.demanded_by.length > 0 && (
          <section>
            <h3 className="hint">{t('levels.demandedBy')}</h3>
            <ul className="stack">
              {row.demanded_by.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
        )}
        {!row.item.startsWith('own/') && (
          <p>
            <A to={itemPath(row.item)}>{t('levels.openItem')}</A>
          </p>
        )}
        <Button variant="default" disabled={moment !== null} onClick={onMeasure}>
          {t('measure.open')}
        </Button>
      </div>
    </aside>
  );
}
