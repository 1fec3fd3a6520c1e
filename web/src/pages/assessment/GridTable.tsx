// The rows of an assessment by theme. Applicability, status and person are changed where they stand.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/queries';
import type { Field, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { Mark } from '@/design/Mark';
import { Cell } from '@/pages/registers/Cell';
import type { GridRow } from './grid';

interface Props {
  rows: GridRow[];
  labels: Labels;
  chosen: string | null;
  onChoose: (row: GridRow) => void;
  editable: boolean;
  editing: { id: string; field: string } | null;
  onEdit: (cell: { id: string; field: string } | null) => void;
  narrow: boolean;
}

type Line = { kind: 'group'; id: string; title: string; count: number } | { kind: 'row'; row: GridRow };

export function GridTable({ rows, labels, chosen, onChoose, editable, editing, onEdit, narrow }: Props) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const kind = useKind('requirement');
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo<Line[]>(() => {
    const counts = new Map<string, number>();
    rows.forEach((row) => counts.set(row.group.id, (counts.get(row.group.id) ?? 0) + 1));
    let group = '';
    return rows.flatMap((row): Line[] => {
      const head: Line[] = row.group.id && row.group.id !== group ? [{ kind: 'group', id: row.group.id, title: format.text(row.group.title), count: counts.get(row.group.id) ?? 0 }] : [];
      group = row.group.id;
      return [...head, { kind: 'row', row }];
    });
  }, [rows, format]);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: (index) => (lines[index]?.kind === 'group' ? 28 : 37), overscan: 12 });
  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const place = lines.findIndex((line) => line.kind === 'row' && line.row.record.id === chosen);
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place);
  }, [place]);
  const field = (name: string): Field | undefined => kind?.fields.find((one) => one.name === name);
  const cell = (row: GridRow, name: string) => {
    const declared = field(name);
    if (!declared) return null;
    return <Cell kind="requirement" record={row.record} field={declared} labels={labels} editable={editable && !row.record.archived} editing={editing?.id === row.record.id && editing.field === name} onEdit={() => onEdit({ id: row.record.id, field: name })} onClose={() => onEdit(null)} touches={['/assessments', '/records/requirement']} />;
  };
  const title = (name: string) => format.text(field(name)?.title);
  const columns = narrow ? 5 : 7;
  return (
    <div className="table-wrap register-scroll" ref={scroller} tabIndex={0} role="region" aria-label={t('title')}>
      <table className={`table register-table assessment-table${narrow ? ' narrow' : ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('ref')}</th><th scope="col">{t('item')}</th>{!narrow && <th scope="col">{title('applicable')}</th>}{!narrow && <th scope="col">{t('reasons')}</th>}
            <th scope="col">{title('status')}</th><th scope="col">{t('age')}</th><th scope="col">{title('responsible')}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr className="spacer" aria-hidden><td colSpan={columns} style={{ height: before }} /></tr>}
          {shown.map((one) => {
            const line = lines[one.index];
            if (!line) return null;
            if (line.kind === 'group') return <tr key={`g-${line.id}`} ref={virtual.measureElement} data-index={one.index} className="group-row"><th colSpan={columns} scope="colgroup">{line.title} <span className="ink3">{line.count}</span></th></tr>;
            const { row } = line;
            const off = row.record.fields.applicable === false;
            return (
              <tr key={row.record.id} ref={virtual.measureElement} data-index={one.index} data-open aria-selected={row.record.id === chosen} onClick={() => onChoose(row)} className={off ? 'off' : undefined}>
                <td className="mono nowrap">{row.ref}</td>
                <td className="assessment-title"><button type="button" className="plain-button" onClick={(event) => { event.stopPropagation(); onChoose(row); }}>{format.text(row.title)}</button></td>
                {!narrow && <td>{off ? <b>{t('excluded')}</b> : t('applied')}</td>}
                {!narrow && <td className="ink2 assessment-reasons">{off ? row.record.fields.exclusion_reason : row.reasons.map((reason) => reason.label).join(t('records:comma'))}</td>}
                <td>{cell(row, 'status')}</td>
                <td className="nowrap">{row.evidence_age_days === null ? <span className="ink3">–</span> : <span className={row.stale ? 'row tone-warn strong' : 'row'}><Mark tone={row.stale ? 'stale' : 'met'} />{t('days', { count: row.evidence_age_days })}{row.stale && <span className="visually-hidden">{t('view.stale')}</span>}</span>}</td>
                <td className="nowrap">{cell(row, 'responsible')}</td>
              </tr>
            );
          })}
          {after > 0 && <tr className="spacer" aria-hidden><td colSpan={columns} style={{ height: after }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
