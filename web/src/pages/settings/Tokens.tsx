// Keys for machines: they read or write as their owner, until they expire or are withdrawn.
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet, useSend } from '@/api/queries';
import { isoDay, useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { useSession } from '@/app/session';
import { Card } from '@/design/Card';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState, Message } from '@/design/States';
import { Secret } from './Secret';

interface Token {
  id: string;
  name: string;
  scopes: string[];
  created_at: string;
  expires_on: string | null;
  last_used_at?: string | null;
}

export function Tokens() {
  const { t } = useTranslation(['settings', 'records']);
  const format = useFormat();
  const { can } = useSession();
  const list = useGet<{ items: Token[] }>('/tokens');
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState('');
  const revoke = useSend((token: Token) => api.delete(`/tokens/${token.id}`), ['/tokens']);
  const scopes = (token: Token) => token.scopes.map((scope) => t(`tokens.scope.${scope}`, { defaultValue: scope })).join(t('records:comma'));
  return (
    <Card flush title={t('tokens.title')} hint={t('tokens.hint')} side={can('@tokens') && <Button size="xs" leftSection={<KeyRound size={14} aria-hidden />} onClick={() => setAdding(true)}>{t('tokens.add')}</Button>}>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <div className="settings-pad"><Skeleton rows={3} /></div>}
      {list.data && list.data.items.length === 0 && <EmptyState icon={KeyRound} title={t('tokens.empty')} example={t('tokens.emptyExample')} />}
      {list.data && list.data.items.length > 0 && (
        <div className="table-wrap" tabIndex={0} role="group" aria-label={t('tokens.title')}>
          <table className="table">
            <thead><tr><th scope="col">{t('tokens.name')}</th><th scope="col">{t('tokens.scopes')}</th><th scope="col">{t('tokens.expires')}</th><th scope="col">{t('tokens.used')}</th><th scope="col"><span className="visually-hidden">{t('records:more')}</span></th></tr></thead>
            <tbody>
              {list.data.items.map((token) => (
                <tr key={token.id}>
                  <th scope="row">{token.name}</th><td>{scopes(token)}</td><td className="nowrap">{token.expires_on ? format.date(token.expires_on, 'plain') : '–'}</td><td className="nowrap">{token.last_used_at ? format.dateTime(token.last_used_at) : <span className="ink3">{t('tokens.unused')}</span>}</td>
                  <td className="num"><Button size="xs" variant="default" onClick={() => revoke.mutate(token, { onSuccess: () => say(t('tokens.revoked', { name: token.name })) })}><span className="visually-hidden">{token.name}{' '}</span>{t('tokens.revoke')}</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {adding && <TokenDialog onClose={() => setAdding(false)} onSecret={(text) => { setAdding(false); setSecret(text); }} />}
      {secret && <Secret title={t('tokens.secretTitle')} text={secret} hint={t('tokens.secretHint')} onClose={() => setSecret('')} />}
    </Card>
  );
}

function TokenDialog({ onClose, onSecret }: { onClose: () => void; onSecret: (text: string) => void }) {
  const { t } = useTranslation(['settings', 'records']);
  const later = new Date();
  later.setMonth(later.getMonth() + 3);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [until, setUntil] = useState(isoDay(later));
  const send = useSend(() => api.post<{ secret: string }>('/tokens', { name: name.trim(), scopes, expires_on: until }), ['/tokens']);
  return (
    <Modal opened onClose={onClose} title={t('tokens.add')} size={440} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); send.mutate(undefined, { onSuccess: (answer) => onSecret(answer.secret) }); }}>
        <TextInput label={t('tokens.name')} description={t('tokens.nameHint')} required value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <Checkbox.Group label={t('tokens.scopes')} value={scopes} onChange={setScopes}><div className="row settings-checks">{['read', 'write'].map((scope) => <Checkbox key={scope} value={scope} label={t(`tokens.scope.${scope}`)} />)}</div></Checkbox.Group>
        <TextInput type="date" label={t('tokens.expires')} required value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        {send.error && <Message tone="miss" title={send.error.message}>{send.error.errors.map((one) => one.message).filter((one) => one !== send.error?.message).join(' ')}</Message>}
        <div className="row dialog-foot"><Button variant="default" onClick={onClose}>{t('action.cancel')}</Button><Button type="submit" loading={send.isPending} disabled={!name.trim() || scopes.length === 0 || !until}>{t('tokens.create')}</Button></div>
      </form>
    </Modal>
  );
}
