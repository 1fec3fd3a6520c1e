// What this record points to, and what points to it.
import { Link2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/queries';
import type { Kind, LinkGroup } from '@/api/types';
import { useFormat } from '@/app/format';
import { A, recordPath } from '@/app/navigation';
import { Card } from '@/design/Card';
import { StateBadge } from '@/design/StateBadge';
import { EmptyState } from '@/design/States';
import { stateOf } from './values';

export interface LinksAnswer {
  out: LinkGroup[];
  in: LinkGroup[];
}

export const linkTotal = (links: LinksAnswer | undefined): number | undefined => links && [...links.out, ...links.in].reduce((sum, group) => sum + group.total, 0);

export function Links({ kind, id, links }: { kind: Kind; id: string; links: LinksAnswer }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const kinds = useKinds().data?.kinds ?? [];
  if (links.out.length + links.in.length === 0) return <EmptyState icon={Link2} title={t('links.empty')} example={t('links.emptyExample')} />;
  const group = (entry: LinkGroup, side: 'out' | 'in') => {
    const other = kinds.find((one) => one.id === entry.kind);
    const owner = side === 'out' ? kind : other;
    const field = format.text(owner?.fields.find((one) => one.name === entry.field)?.title) || entry.field;
    return (
      <Card key={`${side}-${entry.kind}-${entry.field}`} flush title={side === 'out' ? field : t('links.from', { kind: format.text(other?.plural) || entry.kind, field })} side={side === 'in' ? <A to={`/records/${entry.kind}?${entry.field}=${id}`}>{t('links.all', { count: entry.total })}</A> : undefined}>
        <ul className="list">
          {entry.items.map((item) => {
            const state = stateOf(other, item.state);
            return (
              <li key={item.id}>
                <code className="nowrap ink2">{item.number}</code>
                <A to={recordPath(entry.kind, item.id)} className="grow">{item.label || item.number}</A>
                {state && <StateBadge tone={state.tone ?? 'none'} plain>{format.text(state.title)}</StateBadge>}
              </li>
            );
          })}
        </ul>
      </Card>
    );
  };
  return (
    <div className="stack loose">
      {links.out.map((entry) => group(entry, 'out'))}
      {links.in.map((entry) => group(entry, 'in'))}
    </div>
  );
}
