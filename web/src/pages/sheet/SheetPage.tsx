// Parts and states on one sheet, for the tests of contrast, names and keyboard order. Its examples are fixed and are
// not facts of anybody's ISMS; the page is in no menu.
import { Button, TextInput } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import type { Job, Tone } from '@/api/types';
import { useFormat } from '@/app/format';
import { ApprovalBar } from '@/design/ApprovalBar';
import { AsOfBanner } from '@/design/AsOfBanner';
import { Card } from '@/design/Card';
import { Chips } from '@/design/Chips';
import { Diff } from '@/design/Diff';
import { FigureCard, FigureRow } from '@/design/FigureCard';
import { KeyHints } from '@/design/Kbd';
import { LevelMeter } from '@/design/LevelMeter';
import { PatternGlyph } from '@/design/PatternGlyph';
import { PatternSquare } from '@/design/PatternSquare';
import { ProgressTray } from '@/design/ProgressTray';
import { Provenance } from '@/design/Provenance';
import { RecordHeader } from '@/design/RecordHeader';
import { Skeleton } from '@/design/Skeleton';
import { StateBadge } from '@/design/StateBadge';
import { EmptyState, Message } from '@/design/States';
import { TimeSeries } from '@/design/TimeSeries';
import { TracePath } from '@/design/TracePath';
import { UndoBar } from '@/design/UndoBar';
import { levelText, rowTone, valueText } from '@/design/level';
import './sheet.css';

const TONES: Tone[] = ['met', 'miss', 'warn', 'stale', 'info', 'none', 'draft', 'free'];
const AT = '2026-11-20T00:30:00.000Z';

const level = (part: Partial<LevelRow>): LevelRow => ({ item: 'example/x/1', label: '', reference: null, sla: null, required: null, measured: null, verdict: 'not_measured', gap: null, ...part });
const LEVELS: LevelRow[] = [
  level({ reference: { value: 99.5, operator: '>=', unit: '%', must_reach: true }, sla: { value: 99.9, operator: '>=', unit: '%' }, measured: { value: 99.98, unit: '%', at: AT, provenance: 'measured', age_days: 0, stale: false }, verdict: 'met', gap: '+0.08' }),
  level({ reference: { value: 24, operator: '<=', unit: 'hours', must_reach: true }, measured: { value: 31, unit: 'hours', at: AT, provenance: 'attested', age_days: 9, stale: false }, verdict: 'not_met', gap: '+7' }),
  level({ reference: { value: 6, operator: '<=', unit: 'months', must_reach: false }, measured: { value: 8, unit: 'months', at: AT, provenance: 'attested', age_days: 240, stale: false }, verdict: 'shortfall', gap: '+2' }),
  level({ reference: { value: 24, operator: '<=', unit: 'hours', must_reach: true }, measured: { value: 12, unit: 'hours', at: AT, provenance: 'attested', age_days: 90, stale: true }, verdict: 'met' }),
  level({ reference: { value: 5, operator: '>=', unit: 'years', must_reach: false } }),
];
const SERIES = [99.97, 99.99, 99.95, 99.98, 99.84, 99.99, 99.98, 99.99, 99.96, 99.98, 99.99, 99.98].map((value, index) => ({ at: `2026-${String(index + 1).padStart(2, '0')}-28`, value }));

export default function SheetPage() {
  const { t } = useTranslation('sheet');
  const format = useFormat();
  const jobs: Job[] = [
    { id: '1', title: { ja: t('job.export'), en: t('job.export') }, state: 'running', percent: 64, created_at: AT } ,
    { id: '2', title: { ja: t('job.done'), en: t('job.done') }, state: 'done', percent: 100, result: '#', created_at: AT } ,
    { id: '3', title: { ja: t('job.import'), en: t('job.import') }, state: 'failed', percent: 40, created_at: AT } ,
  ];
  return (
    <main className="sheet">
      <div className="row between wrap"><h1>{t('common:sheet.title')}</h1><p className="hint">{t('common:sheet.note')}</p></div>
      <div className="sheet-grid">
        <div className="stack loose">
          <Card title={t('states')}>
            <div className="row wrap">{TONES.map((tone) => <StateBadge key={tone} tone={tone}>{t(`tone.${tone}`)}</StateBadge>)}</div>
            <div className="row wrap sheet-line">{TONES.map((tone) => <StateBadge key={tone} tone={tone} plain>{t(`tone.${tone}`)}</StateBadge>)}</div>
            <div className="row wrap sheet-line"><Provenance kind="measured" at={AT} /><Provenance kind="attested" at={AT} /><span><span className="must" aria-hidden>＊</span>{t('common:level.must')}</span></div>
            <div className="row wrap sheet-line">{[1, 2, 3, 4, 5, 6].map((n) => <PatternGlyph key={n} pattern={n} />)}</div>
          </Card>
          <Card title={t('meters')}>
            {LEVELS.map((row, index) => (
              <div key={index} className="sheet-meter">
                <b>{valueText(row.measured?.value, row.measured?.unit, t)}</b><span>{levelText(row.reference, t)}{row.reference?.must_reach && <span className="must" aria-hidden>＊</span>}</span><LevelMeter row={row} />
                <StateBadge tone={rowTone(row)}>{t(`verdict.${rowTone(row) === 'stale' ? 'stale' : row.verdict}`)}</StateBadge>
              </div>
            ))}
          </Card>
          <Card title={t('buttons')}>
            <div className="row wrap"><Button>{t('action.save')}</Button><Button variant="default">{t('action.open')}</Button><Button variant="subtle">{t('action.all')}</Button><Button disabled>{t('action.save')}</Button><Button data-danger variant="default">{t('action.cancel')}</Button></div>
            <div className="sheet-line"><Chips label={t('buttons')} value="a" onChange={() => undefined} chips={[{ id: 'a', label: t('tone.met'), count: 11 }, { id: 'b', label: t('tone.miss'), count: 1 }]} /></div>
            <div className="sheet-line"><KeyHints hints={[{ keys: 'j k', label: t('keys.choose') }, { keys: 'mod+k', label: t('palette.title') }]} /></div>
          </Card>
          <RecordHeader crumbs={[{ label: t('nav.registers'), to: '/registers' }]} number="SUP-2026-0004" title={t('example.supplier')} state={<StateBadge tone="met">{t('tone.met')}</StateBadge>} facts={[{ label: t('example.owner'), value: t('example.person') }, { label: t('example.next'), value: format.date('2026-11-18', 'tight'), tone: 'miss' }]} />
        </div>
        <div className="stack loose">
          <AsOfBanner moment="2026-03-31T14:59:59.000Z" ticks={['2025-11-05T00:00:00.000Z', '2026-06-30T00:00:00.000Z']} />
          <Message tone="miss" title={t('common:error.save')} action={<Button variant="default" size="xs">{t('action.again')}</Button>}>{t('common:error.offline')}</Message>
          <Message tone="warn" title={t('example.conflict')}>{t('example.both')}</Message>
          <Message tone="info" title={t('example.info')} />
          <TracePath label={t('example.path')} steps={(['service', 'asset', 'threat', 'control'] as const).map((kind) => ({ kind: t(`trace.${kind}.kind`), label: t(`trace.${kind}.label`), current: kind === 'threat' }))} />
          <Card><EmptyState icon={Building2} title={t('example.empty')} example={t('example.emptyExample')} action={{ label: t('action.add'), run: () => undefined }} second={{ label: t('action.open'), run: () => undefined }} /></Card>
          <ApprovalBar steps={[{ id: 'a', label: t('seal.write'), signed: { name: t('example.person'), at: AT } }, { id: 'b', label: t('seal.check'), signed: { name: t('example.other'), at: AT } }, { id: 'c', label: t('seal.approve'), now: true }]} sentence={t('example.separation')} digest="7c1e90b4a2d3f4e5" ledger={18211} action={<Button disabled>{t('example.sign')}</Button>} />
          <p className="card sheet-diff"><Diff before={t('example.before')} after={t('example.after')} /></p>
          <Card title={t('loading')}><Skeleton rows={2} /></Card>
        </div>
        <div className="stack loose">
          <Card title={t('tray.title')}><ProgressTray jobs={jobs} onStop={() => undefined} /></Card>
          <Card title={t('fields')}>
            <div className="stack">
              <TextInput label={t('example.field')} defaultValue={format.date('2027-03-31')} />
              <TextInput label={t('example.wrong')} defaultValue="2026-11-31" error={t('example.wrongWhy')} />
              <TextInput label={t('example.readonly')} defaultValue={t('example.person')} disabled />
            </div>
          </Card>
          <Card title={t('series')}><TimeSeries points={SERIES} reference={99.5} contract={99.9} floor unit="%" label={t('series')} /></Card>
          <Card title={t('square')}><PatternSquare pattern={1} saved={2} name={t('example.service')} others={[{ pattern: 6, name: t('example.otherService') }]} /></Card>
          <FigureRow>
            <FigureCard tone="miss" label={t('tone.miss')} value={1} unit={t('example.items')} note={t('example.note')} to="/" />
            <FigureCard tone="warn" label={t('tone.warn')} value={3} to="/" />
          </FigureRow>
          <UndoBar text={t('example.archived')} seconds={8} onUndo={() => undefined} onClose={() => undefined} />
        </div>
      </div>
    </main>
  );
}
