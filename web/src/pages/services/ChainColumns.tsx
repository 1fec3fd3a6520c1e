// Columns are lists of HTML; the lines are one SVG under them. The chosen path is indigo, everything else stays a rule.
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/app/format';
import { useGo } from '@/app/navigation';
import { Mark } from '@/design/Mark';
import type { ChainNode } from '@/api/method';
import { Term } from '@/design/Term';
import type { ColumnView } from './chainModel';

interface Props {
  views: ColumnView[];
  service: string;
  onChoose: (column: string, id: string) => void;
}

const SHOWN = 9;

export function ChainColumns({ views, service, onChoose }: Props) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const go = useGo();
  const frame = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState<Record<string, boolean>>({});
  const [lines, setLines] = useState<{ d: string; on: boolean }[]>([]);
  const [tick, setTick] = useState(0);

  const shownOf = (view: ColumnView): ChainNode[] => {
    if (whole[view.column.id] || view.nodes.length <= SHOWN + 1) return view.nodes;
    const at = view.nodes.findIndex((node) => node.id === view.chosen);
    return at < SHOWN ? view.nodes.slice(0, SHOWN) : [...view.nodes.slice(0, SHOWN - 1), view.nodes[at] as ChainNode];
  };

  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    const origin = box.getBoundingClientRect();
    const places = new Map<string, DOMRect>();
    box
      .querySelectorAll<HTMLElement>('[data-node]')
      .forEach((node) => places.set(node.dataset.node ?? '', node.getBoundingClientRect()));
    const next: { d: string; on: boolean }[] = [];
    let from = places.get('service');
    views.forEach((view) => {
      if (from) {
        const x1 = from.right - origin.left;
        const y1 = from.top + from.height / 2 - origin.top;
        for (const node of shownOf(view)) {
          const to = places.get(node.id);
          if (!to) continue;
          const x2 = to.left - origin.left;
          const y2 = to.top + to.height / 2 - origin.top;
          const bend = (x2 - x1) / 2;
          next.push({
            d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
            on: node.id === view.chosen,
          });
        }
      }
      from = view.chosen ? places.get(view.chosen) : undefined;
    });
    setLines(next.sort((a, b) => Number(a.on) - Number(b.on)));
    const observer = new ResizeObserver(() => setTick((now) => now + 1));
    observer.observe(box);
    return () => observer.disconnect();
    // shownOf depends on whole and views only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [views, whole, tick, format.language]);

  const onKey = (event: KeyboardEvent, index: number) => {
    const view = views[index];
    if (!view) return;
    const nodes = shownOf(view);
    const at = nodes.findIndex((node) => node.id === view.chosen);
    const focus = (column: number) => frame.current?.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = nodes[Math.max(0, Math.min(nodes.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next) onChoose(view.column.id, next.id);
    } else if (event.key === 'ArrowRight') focus(Math.min(views.length - 1, index + 1));
    else if (event.key === 'ArrowLeft') focus(Math.max(0, index - 1));
    else if (event.key === 'Enter') {
      const open = view.nodes.find((node) => node.id === view.chosen)?.open;
      if (open) go(open);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="chain" ref={frame}>
      <svg className="chain-lines" aria-hidden>
        {lines.map((line) => (
          <path key={line.d} d={line.d} className={line.on ? 'on' : undefined} />
        ))}
      </svg>
      <div className="chain-column chain-service">
        <h2>{t('chain.service')}</h2>
        <div className="chain-node" data-node="service" data-on="true">
          <span className="grow">{service}</span>
        </div>
      </div>
      {views.map((view, index) => {
        const nodes = shownOf(view);
        const rest = view.nodes.length - nodes.length;
        return (
          <div key={view.column.id} className={`chain-column chain-${view.column.id}`}>
            <h2 id={`column-${view.column.id}`}>
              <ColumnTitle id={view.column.id} title={format.text(view.column.title)} />{' '}
              <span className="hint">
                {view.nodes.length === view.total ? view.total : `${view.nodes.length} / ${view.total}`}
              </span>
            </h2>
            <ul
              role="listbox"
              tabIndex={0}
              data-column={index}
              aria-labelledby={`column-${view.column.id}`}
              aria-activedescendant={view.chosen ? `node-${index}-${view.chosen}` : undefined}
              onKeyDown={(event) => onKey(event, index)}
            >
              {nodes.map((node) => (
                <li
                  key={node.id}
                  id={`node-${index}-${node.id}`}
                  role="option"
                  aria-selected={node.id === view.chosen}
                  className="chain-node"
                  data-node={node.id}
                  data-on={node.id === view.chosen || undefined}
                  onClick={() => onChoose(view.column.id, node.id)}
                  onDoubleClick={() => node.open && go(node.open)}
                >
                  <NodeText node={node} below={view.below.get(node.id) ?? 0} last={index === views.length - 1} />
                </li>
              ))}
            </ul>
            {view.nodes.length > SHOWN + 1 && (
              <button
                type="button"
                className="text-link chain-more"
                onClick={() => setWhole((now) => ({ ...now, [view.column.id]: !now[view.column.id] }))}
              >
                {rest > 0 ? t('chain.rest', { count: rest }) : t('chain.fewer')}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

function NodeText({ node, below, last }: { node: ChainNode; below: number; last: boolean }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const label = format.text(node.label);
  const sub = format.text(node.sub);
  const marks = node.marks ? Array.from(node.marks) : [];
  return (
    <>
      {last && sub && <code>{sub}</code>}
      <span className="grow clip" title={label}>
        {label}
      </span>
      {node.shared_by && node.shared_by.length > 0 && (
        <span className="chain-tag" title={node.shared_by.map((one) => one.name).join(' / ')}>
          {t('chain.shared')}
        </span>
      )}
      {marks.length > 0 && (
        <span className="chain-marks" aria-label={marks.map((mark) => t(`chain.mark.${mark}`)).join(' ')}>
          {marks.join(' ')}
        </span>
      )}
      {last && node.state && (
        <span className="chain-state">
          <Mark tone={node.state} size={15} />
          <span className="visually-hidden">{t(`chain.state.${node.state}`)}</span>
        </span>
      )}
      {!last && marks.length === 0 && !node.shared_by?.length && below > 0 && (
        <span className="chain-tag">{below}</span>
      )}
    </>
  );
}

function ColumnTitle({ id, title }: { id: string; title: string }) {
  if (id !== 'component' && id !== 'asset' && id !== 'threat' && id !== 'control') return title;
  return <Term name={id}>{title}</Term>;
}
