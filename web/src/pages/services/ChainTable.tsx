import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chain, ChainNode } from '@/api/method';
import { useFormat } from '@/app/format';
import { A } from '@/app/navigation';
import { StateBadge } from '@/design/StateBadge';

/** The same as rows, for screen readers and for reading: asset, threat, and the controls that counter it. One component
    at a time; the whole chain has thousands of links. */
export function ChainTable({ chain, service, start }: { chain: Chain; service: string; start: string | null }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const components = chain.columns[0]?.nodes ?? [];
  const [chosen, setChosen] = useState<string | null>(start ?? components[0]?.id ?? null);
  const rows = useMemo(() => {
    const nodes = new Map(chain.columns.flatMap((column) => column.nodes.map((node) => [node.id, node] as const)));
    const children = new Map<string, string[]>();
    for (const [from, to] of chain.edges) children.set(from, [...(children.get(from) ?? []), to]);
    const below = (id: string): ChainNode[] => (children.get(id) ?? []).flatMap((child) => nodes.get(child) ?? []);
    return chosen
      ? below(chosen).flatMap((asset) =>
          below(asset.id).map((threat) => ({ asset, threat, controls: below(threat.id) })),
        )
      : [];
  }, [chain, chosen]);
  const title = (name: string) => format.text(chain.columns.find((column) => column.id === name)?.title);
  return (
    <>
      <Select
        className="chain-table-pick"
        label={title('component')}
        value={chosen}
        onChange={setChosen}
        allowDeselect={false}
        data={components.map((node) => ({ value: node.id, label: format.text(node.label) }))}
      />
      <div className="table-wrap chain-table" tabIndex={0} role="region" aria-label={t('chain.caption', { service })}>
        <table className="table">
          <caption className="visually-hidden">{t('chain.caption', { service })}</caption>
          <thead>
            <tr>
              {['asset', 'threat', 'control'].map((name) => (
                <th key={name} scope="col">
                  {title(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.asset.id}${row.threat.id}`}>
                <td>{format.text(row.asset.label)}</td>
                <td>
                  {format.text(row.threat.label)} <span className="hint">{row.threat.marks}</span>
                </td>
                <td>
                  {row.controls.length === 0 ? (
                    <StateBadge tone="miss">{t('chain.noControl')}</StateBadge>
                  ) : (
                    <span className="chain-refs">
                      {row.controls.map((node) => (
                        <A key={node.id} to={node.open ?? ''} title={format.text(node.label)}>
                          {format.text(node.sub) || format.text(node.label)}
                        </A>
                      ))}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
