// The rows of a register. Only those in sight are drawn; the next page is fetched before the end comes into sight.
import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, GenmeiRecord, Kind, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { A, recordPath } from '@/app/navigation';
import { StateBadge } from '@/design/StateBadge';
import { stateOf, titleOf } from '@/pages/record/values';
import { Cell } from './Cell';
import { sortable } from './useList';

interface Props {
  kind: Kind;
  items: GenmeiRecord[];
  labels: Labels;
  columns: { name: string; field: Field | null }[];
  sort: string;
  onSort: (sort: string) => void;
  at: number;
  onAt: (index: number) => void;
  checked: Set<string>;
  onCheck: (id: string) => void;
  onCheckAll: () => void;
  editable: boolean;
  editing: { id: string; field: string } | null;
  onEdit: (cell: { id: string; field: string } | null) => void;
  onEnd: () => void;
}

export function RegisterTable(props: Props) {
  const { kind, items, labels, columns, sort, onSort, at, onAt, checked, onCheck, onCheckAll, editable, editing, onEdit, onEnd } = props;
  const { t } = useTranslation('records');
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroller.current, estimateSize: () => 37, overscan: 12, getItemKey: (index) => items[index]?.id ?? index });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 30) onEnd();
  }, [last, items.length, onEnd]);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at]);
  const before = shown[0]?.start ?? 0;
  const after = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const titleColumn = columns.find((column) => column.name === kind.title_field)?.name ?? columns[0]?.name;
  const span = columns.length + 1;
  const heading = (name: string, field: Field | null) => (field ? format.text(field.title) : t(name === 'updated_at' ? 'updated' : name));
  const numeric = (field: Field | null) => field !== null && ['integer', 'decimal', 'percent', 'money'].includes(field.type);
  const head = (name: string, field: Field | null) => {
    const title = heading(name, field);
    const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
    return (
      <th key={name} scope="col" aria-sort={direction} className={numeric(field) ? 'num' : undefined}>
        {sortable(name, field) ? (
          <button type="button" className="sort-button" onClick={() => onSort(direction === 'ascending' ? `-${name}` : name)}>
            {title}{direction === 'ascending' ? <ArrowUp size={12} aria-hidden /> : direction === 'descending' ? <ArrowDown size={12} aria-hidden /> : null}
          </button>
        ) : title}
      </th>
    );
  };
  const cell = (record: GenmeiRecord, name: string, field: Field | null) => {
    if (name === 'state') {
      const state = stateOf(kind, record.state);
      return state ? <StateBadge tone={state.tone ?? 'none'} plain>{format.text(state.title)}</StateBadge> : record.state;
    }
    if (name === titleColumn) return <A to={recordPath(kind.id, record.id)} className="register-title">{field || name !== 'number' ? titleOf(kind, record, labels, format, t) : record.number}</A>;
    if (name === 'number') return <span className="mono ink2 nowrap">{record.number}</span>;
    if (name === 'updated_at') return format.dateTime(record.updated_at);
    if (!field) return null;
    return <Cell kind={kind.id} record={record} field={field} labels={labels} editable={editable && !record.archived && !stateOf(kind, record.state)?.final && !stateOf(kind, record.state)?.frozen} editing={editing?.id === record.id && editing.field === field.name} onEdit={() => onEdit({ id: record.id, field: field.name })} onClose={() => onEdit(null)} />;
  };
  return (
    <div className="table-wrap register-scroll" ref={scroller} tabIndex={0} role="region" aria-label={format.text(kind.plural)}>
      <table className="table register-table">
        <thead>
          <tr>
            <th scope="col" className="check-cell"><Checkbox size="xs" aria-label={t('select.all')} checked={items.length > 0 && checked.size === items.length} indeterminate={checked.size > 0 && checked.size < items.length} onChange={onCheckAll} /></th>
            {columns.map(({ name, field }) => head(name, field))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr className="spacer" aria-hidden><td colSpan={span} style={{ height: before }} /></tr>}
          {shown.map((row) => {
            const record = items[row.index];
            if (!record) return null;
            return (
              <tr key={record.id} ref={rows.measureElement} data-index={row.index} data-open aria-selected={row.index === at} className={checked.has(record.id) ? 'checked' : undefined} onClick={() => onAt(row.index)}>
                <td className="check-cell"><Checkbox size="xs" aria-label={t('select.one', { number: record.number })} checked={checked.has(record.id)} onChange={() => onCheck(record.id)} onClick={(event) => event.stopPropagation()} /></td>
                {columns.map(({ name, field }) => <td key={name} data-label={heading(name, field)} className={numeric(field) ? 'num' : undefined}><div className="cell">{cell(record, name, field)}</div></td>)}
              </tr>
            );
          })}
          {after > 0 && <tr className="spacer" aria-hidden><td colSpan={span} style={{ height: after }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
