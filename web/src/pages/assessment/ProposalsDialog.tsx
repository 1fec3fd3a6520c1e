// Safeguards that already serve a mapped item of another standard: a mapping proposes, a person confirms.
import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet, useSend } from '@/api/queries';
import { useFormat } from '@/app/format';
import { A, itemPath } from '@/app/navigation';
import { say } from '@/app/notices';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState, Message } from '@/design/States';
import type { GridRow } from './grid';

interface Proposal {
  requirement: string;
  safeguard: string;
  label: string;
  via: { key: string; ref?: string; strength: number };
}

export function ProposalsDialog({ assessment, rows, onClose }: { assessment: string; rows: GridRow[]; onClose: () => void }) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const path = `/assessments/${assessment}/proposals`;
  const answer = useGet<{ items: Proposal[] }>(path);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const send = useSend((accept: Pick<Proposal, 'requirement' | 'safeguard'>[]) => api.post<{ accepted: number }>(path, { accept }));
  const keyOf = (one: Proposal) => `${one.requirement}/${one.safeguard}`;
  const items = answer.data?.items ?? [];
  const toggle = (key: string) => setChosen((now) => {
    const next = new Set(now);
    if (!next.delete(key)) next.add(key);
    return next;
  });
  const accept = () => send.mutate(items.filter((one) => chosen.has(keyOf(one))).map(({ requirement, safeguard }) => ({ requirement, safeguard })), { onSuccess: (done) => { say(t('proposals.done', { count: done.accepted })); onClose(); } });
  return (
    <Modal opened onClose={onClose} title={t('proposals.title')} size={820} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="stack loose">
        <p className="ink2">{t('proposals.explain')}</p>
        {answer.isPending && <Skeleton rows={5} />}
        {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.data && items.length === 0 && <EmptyState title={t('proposals.empty')} example={t('proposals.emptyExample')} />}
        {items.length > 0 && (
          <div className="table-wrap proposals-list" tabIndex={0} role="region" aria-label={t('proposals.title')}>
            <table className="table">
              <thead><tr><th scope="col"><Checkbox size="xs" aria-label={t('records:select.all')} checked={chosen.size === items.length} indeterminate={chosen.size > 0 && chosen.size < items.length} onChange={() => setChosen(chosen.size === items.length ? new Set() : new Set(items.map(keyOf)))} /></th><th scope="col">{t('item')}</th><th scope="col">{t('proposals.safeguard')}</th><th scope="col">{t('proposals.via')}</th><th scope="col" className="num">{t('proposals.strength')}</th></tr></thead>
              <tbody>
                {items.map((one) => {
                  const row = rows.find((other) => other.record.id === one.requirement);
                  return (
                    <tr key={keyOf(one)}>
                      <td><Checkbox size="xs" aria-label={t('proposals.choose', { safeguard: one.label, item: row?.ref ?? '' })} checked={chosen.has(keyOf(one))} onChange={() => toggle(keyOf(one))} /></td>
                      <th scope="row"><code>{row?.ref}</code> {format.text(row?.title)}</th><td>{one.label}</td><td><A to={itemPath(one.via.key)} className="mono">{one.via.ref ?? one.via.key}</A></td><td className="num">{one.via.strength}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
        {send.error && <Message tone="miss" title={send.error.message} />}
        <div className="row dialog-foot"><Button variant="default" onClick={onClose}>{t('action.cancel')}</Button><Button disabled={chosen.size === 0} loading={send.isPending} onClick={accept}>{t('proposals.accept', { count: chosen.size })}</Button></div>
      </div>
    </Modal>
  );
}
