// Finish and defend the statement of applicability: every item of an assessment in one grid, the chosen one beside it,
// editions frozen from it and approved by somebody else.
import { Button, Menu, Select } from '@mantine/core';
import { Download, GitCompareArrows, Lightbulb, TableProperties } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '@/api/client';
import { useGet, useKind, useRecords } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { useGo, useSearch } from '@/app/navigation';
import { useTitle } from '@/app/title';
import { KeyHints } from '@/design/Kbd';
import { PageTabs } from '@/design/PageTabs';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { DifferencesDialog } from './DifferencesDialog';
import { EditionBar } from './EditionBar';
import { GridTable } from './GridTable';
import { ItemPanel } from './ItemPanel';
import { ProposalsDialog } from './ProposalsDialog';
import { VIEWS, fits, toneOfStatus, viewOf, type GridAnswer, type View } from './grid';
import '@/pages/registers/registers.css';
import '@/pages/record/record.css';
import './assessment.css';

export default function AssessmentPage() {
  const { t } = useTranslation(['assessment', 'records']);
  const go = useGo();
  const [search, setSearch] = useSearch();
  const list = useRecords<{ title: string; purpose?: string }>('assessment', { sort: '-started_on', limit: 100 });
  useTitle(t('nav.assessment'));
  const items = list.data?.items ?? [];
  const chosen = items.find((item) => item.id === search.assessment) ?? items.find((item) => item.fields.purpose === 'soa' && item.state !== 'closed') ?? items[0];
  if (list.error && !list.data) return <div className="page"><ErrorState error={list.error} onRetry={() => void list.refetch()} page /></div>;
  if (!list.data) return <div className="page"><Skeleton rows={8} title /></div>;
  if (!chosen) return <div className="page"><EmptyState heading="h1" icon={TableProperties} title={t('empty')} example={t('emptyExample')} action={{ label: t('emptyAction'), run: () => go('/first-hour') }} second={{ label: t('emptySecond'), run: () => go('/records/assessment/new') }} /></div>;
  return <Assessment key={chosen.id} id={chosen.id} choices={items.map((item) => ({ value: item.id, label: String(item.fields.title) }))} onChoose={(id) => setSearch({ assessment: id, item: null, status: null })} />;
}

function Assessment({ id, choices, onChoose }: { id: string; choices: { value: string; label: string }[]; onChoose: (id: string) => void }) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const moment = useAsOf();
  const [search, setSearch] = useSearch();
  const kind = useKind('requirement');
  const grid = useGet<GridAnswer>(`/assessments/${id}/grid`, {}, { keep: true });
  const [dialog, setDialog] = useState<'differences' | 'proposals' | null>(null);
  const [editing, setEditing] = useState<{ id: string; field: string } | null>(null);
  const view = viewOf(search.status);
  const rows = useMemo(() => grid.data?.rows ?? [], [grid.data]);
  const shown = useMemo(() => rows.filter((row) => fits(row, view)), [rows, view]);
  const at = shown.findIndex((row) => row.record.id === search.item);
  const chosen = at >= 0 ? shown[at] : rows.find((row) => row.record.id === search.item);
  const open = (index: number) => shown[index] && setSearch({ item: shown[index].record.id });
  const editable = moment === null && (kind?.may.update ?? false);
  const down = () => open(Math.min(at + 1, shown.length - 1));
  const up = () => open(Math.max(at - 1, 0));
  useKeys([
    { keys: 'j', label: t('keys.next'), run: down },
    { keys: 'k', label: t('keys.previous'), run: up },
    { keys: 'ArrowDown', label: t('keys.next'), run: down },
    { keys: 'ArrowUp', label: t('keys.previous'), run: up },
    { keys: 'Enter', label: t('editHere'), run: () => chosen && editable && setEditing({ id: chosen.record.id, field: 'status' }) },
    { keys: 'Space', label: t('panelKey'), run: () => (chosen ? setSearch({ item: null }) : open(0)) },
    { keys: 'Escape', label: '', run: () => setSearch({ item: null }) },
  ]);
  const assessment = grid.data?.assessment;
  const criteria = assessment?.fields.purpose === 'criteria';
  const report = criteria ? 'criteria' : 'soa';
  const link = (what: string, type: string) => url(`/reports/${what}`, { assessment: id, format: type, lang: format.language });
  const statuses = kind?.fields.find((field) => field.name === 'status')?.values ?? [];
  const count = (status: string) => rows.filter((row) => (row.record.fields.status ?? 'unassessed') === status && (status === 'not-applicable' || row.record.fields.applicable !== false)).length;
  const excluded = rows.filter((row) => fits(row, 'excluded')).length;
  const approved = grid.data?.approved ?? null;
  const views = ([...VIEWS, view] as View[]).filter((one, index, all) => all.indexOf(one) === index && (['all', 'applicable', 'excluded', 'act', 'stale'].includes(one) || one === view || rows.some((row) => fits(row, one))));
  return (
    <div className="page-fill assessment">
      <header className="row wrap between assessment-head">
        <div className="row wrap">
          <h1>{t(criteria ? 'titleCriteria' : assessment?.fields.purpose === 'gap' ? 'titleGap' : 'title')}</h1>
          <Select className="assessment-choose" aria-label={t('choose')} data={choices} value={id} allowDeselect={false} onChange={(next) => next && onChoose(next)} comboboxProps={{ width: 'max-content', position: 'bottom-start' }} />
        </div>
        <div className="row wrap">
          {approved && <span className="hint">{t('inForce', { edition: approved.edition, date: format.date(approved.effective_on || approved.at, 'plain') })}</span>}
          {approved && <Button variant="default" leftSection={<GitCompareArrows size={15} aria-hidden />} onClick={() => setDialog('differences')}>{t('differences', { edition: approved.edition, count: approved.differences ?? 0 })}</Button>}
          <Menu>
            <Menu.Target><Button variant="default" leftSection={<Download size={15} aria-hidden />}>{t('export')}</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t(criteria ? 'titleCriteria' : 'title')}</Menu.Label>
              {['html', 'pdf', 'xlsx'].map((type) => <Menu.Item key={type} component="a" href={link(report, type)} target={type === 'html' ? '_blank' : undefined} download={type === 'html' ? undefined : true}>{t(`format.${type}`)}</Menu.Item>)}
              <Menu.Label>{t('gapReport')}</Menu.Label>
              {['html', 'pdf', 'xlsx'].map((type) => <Menu.Item key={type} component="a" href={link('gap', type)} target={type === 'html' ? '_blank' : undefined} download={type === 'html' ? undefined : true}>{t(`format.${type}`)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
          {editable && <Button variant="default" leftSection={<Lightbulb size={15} aria-hidden />} onClick={() => setDialog('proposals')}>{t('proposals.open')}</Button>}
        </div>
      </header>
      {grid.data && assessment?.fields.purpose !== 'gap' && <EditionBar assessment={id} editions={grid.data.editions ?? []} approved={approved} open={rows.filter((row) => fits(row, 'unassessed')).length} />}
      <PageTabs label={t('views')} value={view} tabs={views.map((one) => ({ id: one, label: t(`view.${one}`), count: rows.filter((row) => fits(row, one)).length, to: `/assessment?assessment=${id}${one === 'all' ? '' : `&status=${one}`}` }))} />
      {grid.error && <ErrorState error={grid.error} onRetry={() => void grid.refetch()} />}
      {grid.isPending && <Skeleton rows={10} />}
      {grid.data && (
        <div className={`assessment-grid${chosen ? ' with-panel' : ''}`}>
          <div className="card assessment-card">
            {shown.length === 0 ? <EmptyState title={t(rows.length === 0 ? 'emptyRows' : 'emptyView')} example={t(rows.length === 0 ? 'emptyRowsExample' : 'emptyViewExample')} /> : (
              <GridTable rows={shown} labels={grid.data.labels} chosen={chosen?.record.id ?? null} onChoose={(row) => setSearch({ item: row.record.id })} editable={editable} editing={editing} onEdit={setEditing} narrow={chosen !== undefined} />
            )}
            <footer className="register-foot">
              <span role="status">{t('total', { count: rows.length })}</span>
              <span className="assessment-totals">
                {statuses.filter((status) => status.id !== 'not-applicable' && count(status.id) > 0).map((status) => <span key={status.id} className={`tone-${toneOfStatus(kind, status.id)}`}>{format.text(status.title)} {count(status.id)}</span>)}
                {excluded > 0 && <span>{t('view.excluded')} {excluded}</span>}
              </span>
              <span className="grow" />
              <KeyHints hints={[{ keys: 'j k', label: t('keys.choose') }, { keys: 'Enter', label: t('editHere') }, { keys: 'Space', label: t('panelKey') }]} />
            </footer>
          </div>
          {chosen && <ItemPanel key={chosen.record.id} row={chosen} labels={grid.data.labels} editable={editable} onClose={() => setSearch({ item: null })} />}
        </div>
      )}
      {dialog === 'differences' && <DifferencesDialog assessment={id} onClose={() => setDialog(null)} onOpen={(item) => { setDialog(null); const row = rows.find((one) => one.record.fields.item === item); if (row) setSearch({ item: row.record.id, status: null }); }} />}
      {dialog === 'proposals' && <ProposalsDialog assessment={id} rows={rows} onClose={() => setDialog(null)} />}
    </div>
  );
}
