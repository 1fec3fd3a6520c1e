// Accounts: who may log on, as what; one-time passwords are shown once.
import { Button, Menu, Modal, MultiSelect, TextInput } from '@mantine/core';
import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet, useKinds, useSend } from '@/api/queries';
import type { Field, Tone } from '@/api/types';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { useSession } from '@/app/session';
import { Card } from '@/design/Card';
import { Skeleton } from '@/design/Skeleton';
import { StateBadge } from '@/design/StateBadge';
import { ErrorState, Message } from '@/design/States';
import { Picker } from '@/pages/record/Pickers';
import { Secret } from './Secret';

interface Account {
  id: string;
  login: string;
  name?: string;
  person: string | null;
  roles: string[];
  state: 'active' | 'locked' | 'disabled';
  must_change: boolean;
  last_logon: string | null;
}

const tones: Record<Account['state'], Tone> = { active: 'met', locked: 'warn', disabled: 'free' };
export const personField: Field = { name: 'person', title: { ja: '', en: '' }, type: 'ref', to: 'person' };

export function Accounts() {
  const { t } = useTranslation(['settings', 'records']);
  const format = useFormat();
  const { session } = useSession();
  const roles = useKinds().data?.roles ?? [];
  const list = useGet<{ items: Account[] }>('/users');
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const [secret, setSecret] = useState<{ login: string; text: string } | null>(null);
  const change = useSend(({ id, body }: { id: string; body: unknown }) => api.patch(`/users/${id}`, body), ['/users']);
  const reset = useSend((account: Account) => api.post<{ one_time_password: string }>(`/users/${account.id}/reset`, {}), ['/users']);
  const nameOf = (id: string) => format.text(roles.find((role) => role.id === id)?.title) || id;
  const error = change.error ?? reset.error;
  return (
    <Card flush title={t('accounts.title')} hint={t('accounts.hint')} side={<Button size="xs" leftSection={<UserPlus size={14} aria-hidden />} onClick={() => setEditing('new')}>{t('accounts.add')}</Button>}>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <div className="settings-pad"><Skeleton rows={5} /></div>}
      {error && <div className="settings-pad"><Message tone="miss" title={error.message} /></div>}
      {list.data && (
        <div className="table-wrap" tabIndex={0} role="group" aria-label={t('accounts.title')}>
          <table className="table">
            <thead><tr><th scope="col">{t('accounts.login')}</th><th scope="col">{t('accounts.person')}</th><th scope="col">{t('accounts.roles')}</th><th scope="col">{t('accounts.state')}</th><th scope="col">{t('accounts.last')}</th><th scope="col"><span className="visually-hidden">{t('records:more')}</span></th></tr></thead>
            <tbody>
              {list.data.items.map((account) => (
                <tr key={account.id}>
                  <th scope="row">{account.login}{account.id === session.account && <span className="hint"> {t('accounts.you')}</span>}</th>
                  <td>{account.name && account.name !== account.login ? account.name : <span className="ink3">–</span>}</td>
                  <td>{account.roles.map(nameOf).join(t('records:comma'))}</td>
                  <td><StateBadge tone={tones[account.state] ?? 'none'} plain>{t(`accounts.states.${account.state}`)}</StateBadge>{account.must_change && <div className="hint">{t('accounts.mustChange')}</div>}</td>
                  <td className="nowrap">{account.last_logon ? format.dateTime(account.last_logon) : <span className="ink3">{t('accounts.never')}</span>}</td>
                  <td className="num">
                    <Menu>
                      <Menu.Target><Button variant="default" size="xs" px={8} aria-label={t('accounts.menu', { login: account.login })} disabled={account.id === session.account}><Ellipsis size={15} aria-hidden /></Button></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setEditing(account)}>{t('accounts.change')}</Menu.Item>
                        <Menu.Item onClick={() => reset.mutate(account, { onSuccess: (answer) => setSecret({ login: account.login, text: answer.one_time_password }) })}>{t('accounts.reset')}</Menu.Item>
                        {account.state === 'active'
                          ? <Menu.Item onClick={() => change.mutate({ id: account.id, body: { state: 'disabled' } }, { onSuccess: () => say(t('accounts.disabled', { login: account.login }), { undo: () => change.mutate({ id: account.id, body: { state: 'active' } }) }) })}>{t('accounts.disable')}</Menu.Item>
                          : <Menu.Item onClick={() => change.mutate({ id: account.id, body: { state: 'active' } }, { onSuccess: () => say(t('accounts.enabled', { login: account.login })) })}>{t('accounts.enable')}</Menu.Item>}
                      </Menu.Dropdown>
                    </Menu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {editing && <AccountDialog account={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSecret={(login, text) => { setEditing(null); setSecret({ login, text }); }} />}
      {secret && <Secret title={t('accounts.secretTitle', { login: secret.login })} text={secret.text} hint={t('accounts.secretHint')} onClose={() => setSecret(null)} />}
    </Card>
  );
}

function AccountDialog({ account, onClose, onSecret }: { account: Account | null; onClose: () => void; onSecret: (login: string, text: string) => void }) {
  const { t } = useTranslation(['settings', 'records']);
  const format = useFormat();
  const known = useKinds().data?.roles ?? [];
  const [login, setLogin] = useState(account?.login ?? '');
  const [person, setPerson] = useState<string | null>(account?.person ?? null);
  const [roles, setRoles] = useState<string[]>(account?.roles ?? []);
  const send = useSend(() => (account ? api.patch<{ one_time_password?: string }>(`/users/${account.id}`, { roles, ...(person ? { person } : {}) }) : api.post<{ one_time_password?: string }>('/users', { login: login.trim(), roles, ...(person ? { person } : {}) })), ['/users']);
  const submit = () => send.mutate(undefined, { onSuccess: (answer) => (answer.one_time_password ? onSecret(login.trim(), answer.one_time_password) : onClose()) });
  return (
    <Modal opened onClose={onClose} title={t(account ? 'accounts.change' : 'accounts.add')} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextInput label={t('accounts.login')} required disabled={account !== null} autoComplete="off" value={login} onChange={(event) => setLogin(event.currentTarget.value)} error={send.error?.forField('login')} data-autofocus />
        <Picker field={personField} value={person} labels={account?.person ? { [`person/${account.person}`]: { label: account.name ?? '' } } : {}} label={t('accounts.person')} onChange={(value) => setPerson(value ? String(value) : null)} />
        <MultiSelect searchable hidePickedOptions label={t('accounts.roles')} description={t('accounts.rolesHint')} data={known.filter((role) => role.id !== 'system').map((role) => ({ value: role.id, label: format.text(role.title) }))} value={roles} onChange={setRoles} error={send.error?.forField('roles')} />
        {send.error && <Message tone="miss" title={send.error.message} />}
        <div className="row dialog-foot"><Button variant="default" onClick={onClose}>{t('action.cancel')}</Button><Button type="submit" loading={send.isPending} disabled={!login.trim() || roles.length === 0}>{t(account ? 'action.save' : 'accounts.create')}</Button></div>
      </form>
    </Modal>
  );
}
