import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chain } from '@/api/method';
import { useFormat } from '@/app/format';
import { A } from '@/app/navigation';
import { StateBadge } from '@/design/StateBadge';

const LIMIT = 400;

/** The same as rows, for screen readers and for reading: asset, threat, and the controls that counter it. */
export function ChainTable({ chain, service }: { chain: Chain; service: string }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const rows = useMemo(() => {
    const nodes = new Map(chain.columns.flatMap((column) => column.nodes.map((node) => [node.id, node] as const)));
    const below = (id: string) => chain.edges.filter(([from]) => from === id).map(([, to]) => to);
    return (chain.columns[0]?.nodes ?? []).flatMap((component) =>
      below(component.id).flatMap((asset) =>
        below(asset).map((threat) => ({ component, asset: nodes.get(asset), threat: nodes.get(threat), controls: below(threat).map((id) => nodes.get(id)).filter((node) => node !== undefined) })),
      ),
    );
  }, [chain]);
  return (
    <div className="table-wrap chain-table">
      <table className="table">
        <caption className="visually-hidden">{t('chain.caption', { service })}</caption>
        <thead><tr>{['component', 'asset', 'threat', 'control'].map((name) => <th key={name} scope="col">{format.text(chain.columns.find((column) => column.id === name)?.title)}</th>)}</tr></thead>
        <tbody>
          {rows.slice(0, LIMIT).map((row) => (
            <tr key={`${row.asset?.id}${row.threat?.id}`}>
              <td>{format.text(row.component.label)}</td>
              <td>{format.text(row.asset?.label)}</td>
              <td>{format.text(row.threat?.label)} <span className="hint">{row.threat?.marks}</span></td>
              <td>
                {row.controls.length === 0 ? <StateBadge tone="miss">{t('chain.noControl')}</StateBadge> : (
                  <span className="chain-refs">{row.controls.map((node) => <A key={node.id} to={node.open ?? ''} title={format.text(node.label)}>{format.text(node.sub) || format.text(node.label)}</A>)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
