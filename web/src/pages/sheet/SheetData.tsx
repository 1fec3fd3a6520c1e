import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '@/api/types';
import { useFormat } from '@/app/format';
import { Card } from '@/design/Card';
import { FigureCard, FigureRow } from '@/design/FigureCard';
import { PatternSquare } from '@/design/PatternSquare';
import { ProgressTray } from '@/design/ProgressTray';
import { TimeSeries } from '@/design/TimeSeries';
import { UndoBar } from '@/design/UndoBar';

const AT = '2026-11-20T00:30:00.000Z';
const SERIES = [99.97, 99.99, 99.95, 99.98, 99.84, 99.99, 99.98, 99.99, 99.96, 99.98, 99.99, 99.98].map(
  (value, index) => ({ at: `2026-${String(index + 1).padStart(2, '0')}-28`, value }),
);

/** Tray, fields, charts, figures. */
export function SheetData() {
  const { t } = useTranslation('sheet');
  const format = useFormat();
  const jobs: Job[] = [
    { id: '1', title: { ja: t('job.export'), en: t('job.export') }, state: 'running', percent: 64, created_at: AT },
    {
      id: '2',
      title: { ja: t('job.done'), en: t('job.done') },
      state: 'done',
      percent: 100,
      result: '#',
      created_at: AT,
    },
    { id: '3', title: { ja: t('job.import'), en: t('job.import') }, state: 'failed', percent: 40, created_at: AT },
  ];
  return (
    <div className="stack loose">
      <Card title={t('tray.title')}>
        <ProgressTray jobs={jobs} onStop={() => undefined} />
      </Card>
      <Card title={t('fields')}>
        <div className="stack">
          <TextInput label={t('example.field')} defaultValue={format.date('2027-03-31')} />
          <TextInput label={t('example.wrong')} defaultValue="2026-11-31" error={t('example.wrongWhy')} />
          <TextInput label={t('example.readonly')} defaultValue={t('example.person')} disabled />
        </div>
      </Card>
      <Card title={t('series')}>
        <TimeSeries points={SERIES} reference={99.5} contract={99.9} floor unit="%" label={t('series')} />
      </Card>
      <Card title={t('square')}>
        <PatternSquare
          pattern={1}
          saved={2}
          name={t('example.service')}
          others={[{ pattern: 6, name: t('example.otherService') }]}
        />
      </Card>
      <FigureRow>
        <FigureCard
          tone="miss"
          label={t('tone.miss')}
          value={1}
          unit={t('example.items')}
          note={t('example.note')}
          to="/"
        />
        <FigureCard tone="warn" label={t('tone.warn')} value={3} to="/" />
      </FigureRow>
      <UndoBar text={t('example.archived')} seconds={8} onUndo={() => undefined} onClose={() => undefined} />
    </div>
  );
}
