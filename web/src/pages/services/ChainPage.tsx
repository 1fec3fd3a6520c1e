import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Table2 } from 'lucide-react';
import { UnstyledButton } from '@mantine/core';
import type { Chain, ServiceProfile } from '@/api/method';
import { useGet } from '@/api/queries';
import type { Text } from '@/api/types';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { useSearch } from '@/app/navigation';
import { Chips } from '@/design/Chips';
import { KeyHints } from '@/design/Kbd';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { ChainColumns } from './ChainColumns';
import { ChainTable } from './ChainTable';
import { ChainWhy } from './ChainWhy';
import { standardsOf, walk, type ChainFilter } from './chainModel';
import { ServiceFrame } from './ServiceFrame';

export default function ChainPage() {
  return <ServiceFrame tab="chain">{(profile) => <Explorer profile={profile} />}</ServiceFrame>;
}

function Explorer({ profile }: { profile: ServiceProfile }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const [search, setSearch] = useSearch();
  const [wanted, setWanted] = useState<Record<string, string>>({});
  const table = search.view === 'table';
  const filter = (['uncovered', 'unmet'].includes(search.show ?? '') ? search.show : 'all') as ChainFilter;
  const chain = useGet<Chain>(`/services/${profile.service.id}/chain`);
  const start = search.item;
  useEffect(() => {
    if (!start || !chain.data) return;
    setWanted(pathTo(chain.data, `control:${start}`));
  }, [start, chain.data]);
  const standards = useMemo(() => (chain.data ? standardsOf(chain.data) : []), [chain.data]);
  const standard = standards.includes(search.standard ?? '')
    ? (search.standard ?? null)
    : start
      ? (start.split('/')[0] ?? null)
      : (standards.find((id) => id.startsWith('iso')) ?? standards[0] ?? null);
  const catalogues = useGet<{ items: { id: string; title: Text; short_title?: Text }[] }>(
    '/standards',
    {},
    { staleTime: 600_000 },
  );
  const nameOf = (id: string): string => {
    const found = catalogues.data?.items.find((one) => one.id === id);
    return found ? format.text(found.short_title ?? found.title) : id;
  };
  const views = useMemo(
    () => (chain.data ? walk(chain.data, wanted, filter, standard) : []),
    [chain.data, wanted, filter, standard],
  );
  useKeys([{ keys: 't', label: t('chain.asTable'), run: () => setSearch({ view: table ? null : 'table' }) }]);
  if (chain.error && !chain.data) return <ErrorState error={chain.error} onRetry={() => void chain.refetch()} />;
  if (!chain.data)
    return (
      <div className="card">
        <div className="card-body">
          <Skeleton rows={9} />
        </div>
      </div>
    );
  const last = chain.data.columns.find((column) => column.id === 'control');
  const open =
    last?.nodes.filter(
      (node) =>
        (!standard || !node.group || node.group === standard) && (node.state === 'miss' || node.state === 'warn'),
    ).length ?? 0;
  const hints = [
    { keys: 'ArrowLeft ArrowRight', label: t('chain.column') },
    { keys: 'ArrowUp ArrowDown', label: t('common:keys.choose') },
  ];
  const control = views.at(-1)?.chosen ?? null;
  return (
    <>
      <section className="card chain-card" aria-label={t('tab.chain')}>
        <div className="row wrap between chain-bar">
          <Chips
            label={t('chain.filter')}
            value={filter}
            onChange={(show) => setSearch({ show: show === 'all' ? null : show })}
            chips={[
              { id: 'all', label: t('chain.walk') },
              { id: 'uncovered', label: t('chain.uncovered'), count: chain.data.uncovered.length },
              { id: 'unmet', label: t('chain.unmet'), count: open },
            ]}
          />
          {standards.length > 1 && (
            <Chips
              label={t('chain.standards')}
              value={standard ?? ''}
              onChange={(id) => setSearch({ standard: id, item: null })}
              chips={standards.map((id) => ({ id, label: nameOf(id) }))}
            />
          )}
          <div className="row wide-only">
            <KeyHints hints={hints} />
            <UnstyledButton className="text-link row" onClick={() => setSearch({ view: table ? null : 'table' })}>
              <Table2 size={14} aria-hidden /> {t(table ? 'chain.asChain' : 'common:action.table')}
            </UnstyledButton>
          </div>
        </div>
        {table ? (
          <ChainTable
            chain={chain.data}
            service={String(profile.service.fields.name)}
            start={views[0]?.chosen ?? null}
          />
        ) : views.every((view) => view.nodes.length === 0) ? (
          <EmptyState
            title={t(
              filter === 'uncovered' ? 'chain.noneUncovered' : filter === 'unmet' ? 'chain.noneUnmet' : 'chain.empty',
            )}
          />
        ) : (
          <ChainColumns
            views={views}
            service={String(profile.service.fields.name)}
            onChoose={(column, id) => setWanted((now) => ({ ...now, [column]: id }))}
          />
        )}
      </section>
      {!table && control && <ChainWhy service={profile.service.id} control={control} views={views} />}
    </>
  );
}

/** One way from the first column down to the wanted node. */
function pathTo(chain: Chain, id: string): Record<string, string> {
  const kind = (node: string) => chain.columns.find((column) => column.nodes.some((one) => one.id === node))?.id ?? '';
  const path: Record<string, string> = {};
  let at: string | undefined = id;
  while (at !== undefined) {
    path[kind(at)] = at;
    const current: string = at;
    at = chain.edges.find(([, to]) => to === current)?.[0];
    if (at !== undefined && path[kind(at)]) break;
  }
  return path;
}
