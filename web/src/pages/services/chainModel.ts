// The chain as a walk: in each column one node is chosen, and the next column shows only what hangs on it.
import type { Chain, ChainColumn, ChainNode } from '@/api/method';

export type ChainFilter = 'all' | 'uncovered' | 'unmet';

export interface ColumnView {
  column: ChainColumn;
  nodes: ChainNode[];
  total: number;
  chosen: string | null;
  /** Nodes that hang on each node, for the number at the right. */
  below: Map<string, number>;
}

const unmet = new Set(['warn', 'miss']);

function allowed(chain: Chain, columns: ChainColumn[], filter: ChainFilter): Set<string> | null {
  if (filter === 'all') return null;
  const seeds =
    filter === 'uncovered'
      ? chain.uncovered
      : (columns
          .at(-1)
          ?.nodes.filter((node) => node.state && unmet.has(node.state))
          .map((node) => node.id) ?? []);
  const set = new Set(seeds);
  const parents = new Map<string, string[]>();
  for (const [from, to] of chain.edges) parents.set(to, [...(parents.get(to) ?? []), from]);
  const queue = [...seeds];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const parent of parents.get(id) ?? []) {
      if (!set.has(parent)) {
        set.add(parent);
        queue.push(parent);
      }
    }
  }
  return set;
}

/** The standards whose controls stand in the chain. */
export const standardsOf = (chain: Chain): string[] =>
  [...new Set(chain.columns.find((column) => column.id === 'control')?.nodes.map((node) => node.group ?? ''))].filter(
    Boolean,
  );

export function walk(
  chain: Chain,
  wanted: Record<string, string>,
  filter: ChainFilter,
  standard: string | null,
): ColumnView[] {
  const columns = chain.columns
    .filter((column) => column.id !== 'requirement' && column.nodes.length > 0)
    .map((column) =>
      column.id === 'control' && standard
        ? { ...column, nodes: column.nodes.filter((node) => node.group === standard) }
        : column,
    );
  const children = new Map<string, string[]>();
  for (const [from, to] of chain.edges) children.set(from, [...(children.get(from) ?? []), to]);
  const keep = allowed(chain, columns, filter);
  const views: ColumnView[] = [];
  let parent: string | null = null;
  columns.forEach((column, index) => {
    const hanging = parent === null ? null : new Set(children.get(parent) ?? []);
    const nodes = column.nodes.filter(
      (node) =>
        (index === 0 || hanging?.has(node.id)) &&
        (!keep || keep.has(node.id) || (filter === 'uncovered' && index === columns.length - 1)),
    );
    const chosen: string | null = nodes.some((node) => node.id === wanted[column.id])
      ? (wanted[column.id] ?? null)
      : (preferred(nodes) ?? null);
    const next = columns[index + 1];
    const ids = new Set(next?.nodes.map((node) => node.id));
    const below = new Map(
      nodes.map((node) => [node.id, (children.get(node.id) ?? []).filter((id) => ids.has(id)).length]),
    );
    views.push({ column, nodes, total: column.nodes.length, chosen, below });
    parent = chosen;
  });
  return views;
}

/** Where nothing was chosen: first what is not met, else the first. */
const preferred = (nodes: ChainNode[]): string | undefined =>
  (nodes.find((node) => node.state === 'miss') ?? nodes[0])?.id;

/** The key of the item behind a node of the last column. */
export const itemOf = (id: string): string => id.replace(/^[a-z-]+:/, '');
