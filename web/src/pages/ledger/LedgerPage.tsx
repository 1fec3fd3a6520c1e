// The ledger: everything that happened, newest first, the signed checkpoint, and proof that nothing was altered.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ShieldCheck, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { ApiError } from '@/api/problem';
import { useKinds, useSend } from '@/api/queries';
import { useFormat } from '@/app/format';
import { A, recordPath, useSearch } from '@/app/navigation';
import { useLanguage } from '@/app/preferences';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState, Message } from '@/design/States';
import { Verdict } from '@/design/Verdict';
import './ledger.css';

interface Entry {
  index: number;
  at: string;
  actor: { id: string; name?: string };
  action: string;
  kind: string;
  record: string;
  label?: string;
  number?: string;
  revision: number;
  digest: string;
  hash: string;
}

interface Page {
  entries: Entry[];
  checkpoint: { size: number; root: string; at: string; key: string };
  next: string | null;
}

interface Verification {
  ok: boolean;
  entries: number;
  revisions: number;
  seconds: number;
  problems: { index: number; code: string; message: string }[];
}

export default function LedgerPage() {
  const { t } = useTranslation(['ledger', 'records']);
  const format = useFormat();
  const language = useLanguage();
  const [search, setSearch] = useSearch();
  const kinds = useKinds().data?.kinds ?? [];
  useTitle(t('nav.ledger'));
  const filter = { kind: search.kind, record: search.record };
  const answer = useInfiniteQuery<Page, ApiError, { pages: Page[] }, unknown[], string>({
    queryKey: ['/ledger', filter, language],
    queryFn: ({ pageParam, signal }) => api.get<Page>('/ledger', { ...filter, cursor: pageParam || undefined }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const verify = useSend(() => api.post<Verification>('/ledger/verify', {}), ['/ledger', '/home']);
  const entries = useMemo(() => answer.data?.pages.flatMap((page) => page.entries) ?? [], [answer.data]);
  const checkpoint = answer.data?.pages[0]?.checkpoint;
  const did = (entry: Entry) => {
    const [name = '', transition = ''] = entry.action.split(':');
    if (name === 'parameter') return t('did.parameter');
    const kind = kinds.find((one) => one.id === entry.kind);
    if (name === 'transition') return format.text(kind?.workflow.transitions.find((one) => one.id === transition)?.title) || transition;
    return t(`did.${name}`, { defaultValue: t(`records:did.${name}`, { defaultValue: entry.action }) });
  };
  const result = verify.data;
  return (
    <div className="page">
      <Verdict
        text={checkpoint ? t('verdict', { count: checkpoint.size, shown: format.number(checkpoint.size) }) : t('nav.ledger')}
        sub={t('sub')}
        side={<Button leftSection={<ShieldCheck size={16} aria-hidden />} loading={verify.isPending} onClick={() => verify.mutate(undefined)}>{t('verify')}</Button>}
      />
      <div className="stack loose" aria-live="polite">
        {verify.error && <ErrorState error={verify.error} onRetry={() => verify.mutate(undefined)} />}
        {result?.ok && <Message tone="met" title={t('fine')}>{t('fineText', { entries: format.number(result.entries), revisions: format.number(result.revisions), seconds: Math.round(result.seconds * 100) / 100 })}</Message>}
        {result && !result.ok && <Message tone="miss" title={t('broken', { count: result.problems.length })}>{t('brokenText')}<ul className="error-list">{result.problems.slice(0, 20).map((one, index) => <li key={index}>{one.message}</li>)}</ul></Message>}
        {checkpoint && (
          <Card title={t('checkpoint')} hint={t('checkpointHint')}>
            <dl className="facts ledger-checkpoint">
              <dt>{t('at')}</dt><dd>{format.dateTime(checkpoint.at)}</dd>
              <dt>{t('size')}</dt><dd>{format.number(checkpoint.size)}</dd>
              <dt>{t('root')}</dt><dd><code>{checkpoint.root}</code></dd>
              <dt>{t('key')}</dt><dd><code>{checkpoint.key}</code></dd>
            </dl>
          </Card>
        )}
        {(search.record || search.kind) && (
          <div className="chips"><button type="button" className="chip" aria-pressed="true" onClick={() => setSearch({ record: null, kind: null })}>{search.record ? t('oneRecord', { label: entries[0]?.label ?? entries[0]?.number ?? search.record }) : format.text(kinds.find((one) => one.id === search.kind)?.title)}<X size={13} aria-hidden /></button></div>
        )}
        {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.isPending && <Skeleton rows={8} />}
        {answer.data && entries.length === 0 && <EmptyState title={t('empty')} example={t('emptyExample')} />}
        {entries.length > 0 && (
          <Card flush title={t('entries')}>
            <div className="table-wrap" tabIndex={0} role="group" aria-label={t('entries')}>
              <table className="table ledger-table">
                <thead><tr><th scope="col" className="num">{t('index')}</th><th scope="col">{t('at')}</th><th scope="col">{t('who')}</th><th scope="col">{t('what')}</th><th scope="col">{t('record')}</th><th scope="col">{t('hash')}</th></tr></thead>
                <tbody>
                  {entries.map((entry) => {
                    const kind = kinds.find((one) => one.id === entry.kind);
                    return (
                      <tr key={entry.index}>
                        <td className="num mono">{format.number(entry.index)}</td>
                        <td className="nowrap">{format.dateTime(entry.at)}</td>
                        <td className="nowrap">{entry.actor.name}</td>
                        <td>{did(entry)}{entry.revision > 0 && <span className="hint"> {t('records:history.revision', { n: entry.revision })}</span>}</td>
                        <td>{kind && entry.record ? <><span className="hint">{format.text(kind.title)} </span><A to={recordPath(entry.kind, entry.record)}>{entry.label || entry.number || entry.record}</A></> : <span className="ink2">{entry.label || t(`thing.${entry.kind}`, { defaultValue: entry.kind })}</span>}</td>
                        <td><code title={entry.hash}>{entry.hash.slice(0, 12)}…</code></td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
            <footer className="ledger-foot">{answer.hasNextPage ? <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{t('more')}</Button> : <span className="hint">{t('end')}</span>}</footer>
          </Card>
        )}
      </div>
    </div>
  );
}
