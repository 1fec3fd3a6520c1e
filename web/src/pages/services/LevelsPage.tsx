import { Button } from '@mantine/core';
import { Gauge, Plus, Sheet } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '@/api/client';
import type { LevelRow } from '@/api/method';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { useGo, useSearch } from '@/app/navigation';
import { Chips, type Chip } from '@/design/Chips';
import { Mark } from '@/design/Mark';
import { EmptyState } from '@/design/States';
import { LevelPanel } from './LevelPanel';
import { LevelTable } from './LevelTable';
import { MeasureDialog } from './MeasureDialog';
import { ServiceFrame } from './ServiceFrame';

type Show = 'all' | 'not_met' | 'shortfall' | 'not_measured' | 'met' | 'free' | 'must';
const SHOWS: Show[] = ['all', 'not_met', 'shortfall', 'not_measured', 'met', 'free', 'must'];
const tones = { not_met: 'miss', shortfall: 'warn', not_measured: 'none', met: 'met', free: 'free' } as const;

export default function LevelsPage() {
  const { t } = useTranslation('services');
  const format = useFormat();
  const [measuring, setMeasuring] = useState<LevelRow | 'choose' | null>(null);
  const moment = useAsOf();
  return (
    <ServiceFrame
      tab="levels"
      actions={(profile) => (
        <>
          <Button
            component="a"
            variant="default"
            leftSection={<Sheet size={15} aria-hidden />}
            href={url('/reports/gap', { service: profile.service.id, format: 'xlsx', lang: format.language })}
            download
          >
            xlsx
          </Button>
          <Button
            leftSection={<Plus size={16} aria-hidden />}
            disabled={moment !== null}
            onClick={() => setMeasuring('choose')}
          >
            {t('measure.open')}
          </Button>
        </>
      )}
    >
      {(profile, rows) => (
        <>
          <Levels
            rows={rows}
            service={profile.service.id}
            onMeasure={(row) => moment === null && setMeasuring(row ?? 'choose')}
          />
          {measuring && (
            <MeasureDialog
              service={profile.service.id}
              rows={rows}
              start={measuring === 'choose' ? null : measuring}
              onClose={() => setMeasuring(null)}
            />
          )}
        </>
      )}
    </ServiceFrame>
  );
}

function Levels({
  rows,
  service,
  onMeasure,
}: {
  rows: LevelRow[];
  service: string;
  onMeasure: (row: LevelRow | null) => void;
}) {
  const { t } = useTranslation('services');
  const go = useGo();
  const [search, setSearch] = useSearch();
  const show = (SHOWS as string[]).includes(search.show ?? '') ? (search.show as Show) : 'all';
  const fits = (row: LevelRow, which: Show) =>
    which === 'all' || (which === 'must' ? Boolean(row.reference?.must_reach) : row.verdict === which);
  const shown = useMemo(() => rows.filter((row) => fits(row, show)), [rows, show]);
  const chosen = shown.find((row) => row.item === search.item) ?? null;
  const choose = (row: LevelRow | undefined) => row && setSearch({ item: row.item });
  const at = chosen ? shown.indexOf(chosen) : -1;
  const counts = (which: Show) => rows.filter((row) => fits(row, which)).length;
  useKeys([
    { keys: 'j', label: t('common:keys.next'), run: () => choose(shown[Math.min(at + 1, shown.length - 1)]) },
    { keys: 'k', label: t('common:keys.previous'), run: () => choose(shown[Math.max(at - 1, 0)]) },
    { keys: 'n', label: t('measure.open'), run: () => onMeasure(chosen) },
    {
      keys: 'f',
      label: t('levels.cycle'),
      run: () => setSearch({ show: SHOWS[(SHOWS.indexOf(show) + 1) % SHOWS.length] ?? null }),
    },
    { keys: 'Escape', label: '', run: () => setSearch({ item: null }) },
  ]);
  const chips: Chip<Show>[] = SHOWS.filter((which) => which === 'all' || counts(which) > 0 || which === show).map(
    (which) => ({
      id: which,
      count: counts(which),
      label:
        which === 'must' ? (
          <>
            <span className="must" aria-hidden>
              ＊
            </span>
            {t('levels.must')}
          </>
        ) : which === 'all' ? (
          t('levels.all')
        ) : (
          <>
            <Mark tone={tones[which]} />
            {t(`verdict.${which}`)}
          </>
        ),
    }),
  );
  if (rows.length === 0)
    return (
      <EmptyState
        icon={Gauge}
        title={t('levels.empty')}
        example={t('levels.emptyExample')}
        action={{ label: t('levels.emptyAction'), run: () => go('/import') }}
      />
    );
  return (
    <>
      <div className="row wrap between levels-bar">
        <Chips
          label={t('levels.filter')}
          chips={chips}
          value={show}
          onChange={(next) => setSearch({ show: next === 'all' ? null : next })}
        />
        <div className="legend wide-only">
          <span>
            <svg width="10" height="14" aria-hidden>
              <path className="meter-must" d="M2 13V1h6l-2 2 2 2H2" />
            </svg>
            {t('levels.legendMust')}
          </span>
          <span>
            <svg width="6" height="14" aria-hidden>
              <path className="meter-guide" d="M3 1V13" />
            </svg>
            {t('levels.legendGuide')}
          </span>
          <span>
            <svg width="6" height="14" aria-hidden>
              <path className="meter-contract" d="M3 1V13" />
            </svg>
            {t('levels.legendContract')}
          </span>
        </div>
      </div>
      <div className={`levels-grid${chosen ? ' with-panel' : ''}`}>
        <LevelTable rows={shown} chosen={chosen?.item ?? null} onChoose={(row) => choose(row)} />
        {chosen && (
          <LevelPanel
            row={chosen}
            service={service}
            onClose={() => setSearch({ item: null })}
            onMeasure={() => onMeasure(chosen)}
          />
        )}
      </div>
    </>
  );
}
