// Standards, their trees and items as the server gives them.
import type { GenmeiRecord, Labels, Text, Tone } from '@/api/types';

export interface Standard {
  id: string;
  version: string;
  title: Text;
  short_title?: Text;
  publisher?: Text;
  own: boolean;
  chosen: boolean;
  parts: { id: string; title: Text; items?: number; counts: Record<string, number>; complete?: boolean }[];
  official_wording: { imported: number; total: number };
}

export interface Node {
  key: string;
  ref: string;
  parent: string | null;
  part?: string;
  kind: string;
  title: Text;
  state: string;
  children: number;
}

export interface Parameter {
  id: string;
  label: Text;
  default: Text | string;
  text?: Text;
  value: string;
  changed?: boolean;
  unit?: string;
  stricter?: string;
  source?: string;
  min?: number | null;
  max?: number | null;
  choices?: { id: string; title: Text }[];
}

interface Coded {
  id: string;
  title: Text;
}

export interface Item {
  key: string;
  ref: string;
  standard?: string;
  part?: string;
  kind: string;
  title: Text;
  statement: Text;
  question: Text;
  objective: Text;
  note?: Text;
  nature?: Coded;
  cycle?: Coded;
  evidence?: Coded[];
  customer?: Coded[];
  parent?: { key: string; ref: string; title: Text };
  rules: { id: string; actor?: string; actor_title?: Text; text: Text; added?: boolean; parameters: Parameter[] }[];
  details: { key?: string; id: string; text: Text; title?: Text; nature?: Coded; cycle?: Coded }[];
  reference_values?: string[];
  official: string | null;
  mappings: { key: string; ref: string; standard?: string; title: Text; relation: string; strength: number; direction: 'out' | 'in'; status: string; note?: Text | null }[];
  threats: { id: string; title: Text; how?: string }[];
  requirements: (GenmeiRecord & { judgement?: string })[];
  labels?: Labels;
}

export const judgementTone: Record<string, Tone> = { met: 'met', partly: 'warn', not: 'miss', none: 'none', excluded: 'free', stale: 'stale' };

export interface Branch {
  node: Node;
  leaves: Node[];
}

/** Leaves of a part under their nearest heading, in the order of the document. */
export function branchesOf(nodes: Node[]): Branch[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const parents = new Set(nodes.map((node) => node.parent).filter(Boolean));
  const branches = new Map<string, Branch>();
  for (const node of nodes) {
    if (parents.has(node.key)) continue;
    const head = (node.parent && byKey.get(node.parent)) || node;
    const branch = branches.get(head.key) ?? { node: head, leaves: [] };
    branch.leaves.push(node);
    branches.set(head.key, branch);
  }
  return [...branches.values()];
}
