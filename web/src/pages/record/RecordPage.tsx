// One record of any kind: what it is, what may be done with it, its fields, what hangs on it, what was said, its history.
import { Button, Menu } from '@mantine/core';
import { Archive, Ellipsis, Pencil, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, recordOf } from '@/api/client';
import { isApiError } from '@/api/problem';
import { useGet, useKind, useKinds, useRecord, useSend } from '@/api/queries';
import type { GenmeiRecord, Labels, Revision } from '@/api/types';
import { useAsOf } from '@/app/asOf';
import { today, useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { useParam, useSearch } from '@/app/navigation';
import { say } from '@/app/notices';
import { PageLoading } from '@/app/shell/Frame';
import { useTitle } from '@/app/title';
import { PageTabs } from '@/design/PageTabs';
import { RecordHeader } from '@/design/RecordHeader';
import { StateBadge } from '@/design/StateBadge';
import { EmptyState, ErrorState, Message } from '@/design/States';
import { ActionReasons, Actions } from './Actions';
import { Comments, type CommentRecord } from './Comments';
import { EditRecord } from './EditRecord';
import { History } from './History';
import { Links, linkTotal, type LinksAnswer } from './Links';
import { RecordFacts } from './RecordForm';
import { ThenAndNow, differing } from './ThenAndNow';
import { readDraft } from './draft';
import { labelOf, stateOf, titleOf } from './values';
import './record.css';

export default function RecordPage() {
  const kindId = useParam('kind');
  const id = useParam('id');
  return <RecordView key={`${kindId}/${id}`} kindId={kindId} id={id} />;
}

function RecordView({ kindId, id }: { kindId: string; id: string }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const moment = useAsOf();
  const kinds = useKinds();
  const kind = useKind(kindId);
  const path = `/records/${kindId}/${id}`;
  const [search, setSearch] = useSearch();
  const page = useRecord(kindId, id);
  const history = useGet<{ revisions: Revision[]; labels: Labels }>(`${path}/history`);
  const links = useGet<LinksAnswer>(`${path}/links`);
  const comments = useGet<{ items: CommentRecord[] }>(`${path}/comments`);
  const newest = history.data?.revisions[0];
  const now = useRecord(kindId, id, { revision: newest?.revision }, { enabled: moment !== null && newest !== undefined });
  const [editing, setEditing] = useState(search.edit === '1' || readDraft(`draft/${kindId}/${id}`) !== null);
  useEffect(() => {
    if (moment) setEditing(false);
  }, [moment]);
  const record = page.data?.record;
  const labels = { ...history.data?.labels, ...now.data?.labels, ...page.data?.labels };
  const title = record ? titleOf(kind, record, labels, format, t) : format.text(kind?.title);
  useTitle(title || t('title'));
  const mayEdit = Boolean(page.data?.may.update && moment === null && !record?.archived);
  const archive = useArchive(kindId, id);
  useKeys([{ keys: 'e', label: t('action.edit'), run: () => mayEdit && setEditing(true) }]);

  if (page.error && !page.data) {
    const first = history.data?.revisions.at(-1);
    if (moment && page.error.status === 404 && first) return <div className="page"><EmptyState heading="h1" title={t('notYet')} example={t('notYetUntil', { date: format.date(first.at) })} /></div>;
    return <div className="page"><ErrorState error={page.error} onRetry={() => void page.refetch()} page /></div>;
  }
  if (!kind || !record || !page.data) return kinds.data && !kind ? <div className="page"><EmptyState heading="h1" title={t('noKind')} /></div> : <PageLoading />;
  const state = stateOf(kind, record.state);
  const tab = moment && search.tab === 'compare' ? 'compare' : ['links', 'comments'].includes(search.tab ?? '') ? (search.tab ?? 'fields') : 'fields';
  const owner = kind.fields.find((field) => field.name === 'owner');
  const due = kind.fields.find((field) => field.type === 'date' && /^(due|next|expires|review)/.test(field.name) && record.fields[field.name]);
  const dueValue = due ? String(record.fields[due.name]) : '';
  const changed = now.data ? differing(kind, record, now.data.record) : undefined;
  const tabs = [
    { id: 'fields', label: t('tab.fields'), to: path },
    ...(moment ? [{ id: 'compare', label: t('tab.compare'), count: changed, to: `${path}?tab=compare` }] : []),
    { id: 'links', label: t('tab.links'), count: linkTotal(links.data), to: `${path}?tab=links` },
    { id: 'comments', label: t('tab.comments'), count: comments.data?.items.length, to: `${path}?tab=comments` },
  ];
  return (
    <div className="record-page">
      <div className="record-main">
        <RecordHeader
          crumbs={[{ label: t('nav.registers'), to: '/registers' }, { label: format.text(kind.plural), to: `/records/${kindId}` }]}
          number={record.number}
          title={title}
          state={<>{state && <StateBadge tone={state.tone ?? 'none'}>{format.text(state.title)}</StateBadge>}{record.archived && <StateBadge tone="free">{t('archived')}</StateBadge>}</>}
          facts={[
            ...(owner && record.fields.owner ? [{ label: format.text(owner.title), value: labelOf(owner, String(record.fields.owner), labels) }] : []),
            ...(due ? [{ label: format.text(due.title), value: format.date(dueValue), tone: !state?.final && dueValue < today() ? ('miss' as const) : undefined }] : []),
            { label: t('updated'), value: format.dateTime(record.updated_at) },
          ]}
          actions={
            <>
              {!editing && <Button variant="default" leftSection={<Pencil size={15} aria-hidden />} disabled={!mayEdit} onClick={() => setEditing(true)}>{t('action.edit')}</Button>}
              {!editing && <Actions kind={kind} record={record} actions={page.data.actions} />}
              <Menu>
                <Menu.Target><Button variant="default" aria-label={t('more')} px={10}><Ellipsis size={16} aria-hidden /></Button></Menu.Target>
                <Menu.Dropdown>
                  {record.archived
                    ? <Menu.Item leftSection={<RotateCcw size={15} aria-hidden />} disabled={!page.data.may.archive || moment !== null} onClick={() => archive.restore(record)}>{t('restore')}</Menu.Item>
                    : <Menu.Item leftSection={<Archive size={15} aria-hidden />} disabled={!page.data.may.archive || moment !== null} onClick={() => archive.put(record)}>{t('archive')}</Menu.Item>}
                </Menu.Dropdown>
              </Menu>
            </>
          }
        />
        <ActionReasons kind={kind} record={record} actions={moment ? [] : page.data.actions} />
        {page.data.may_not_reason && <Message tone="info" title={page.data.may_not_reason} />}
        {archive.error && <Message tone="miss" title={archive.error.message}>{archive.error.errors.map((one) => one.message).join(' ')}</Message>}
        {editing ? (
          <EditRecord kind={kind} page={page.data} onClose={() => { setEditing(false); setSearch({ edit: null }); }} />
        ) : (
          <>
            <PageTabs label={t('tabs')} value={tab} tabs={tabs} />
            {tab === 'fields' && <RecordFacts kind={kind} fields={record.fields} labels={labels} />}
            {tab === 'compare' && moment && now.data && <ThenAndNow kind={kind} then={record} now={now.data.record} labels={labels} moment={moment} />}
            {tab === 'links' && links.data && <Links kind={kind} id={id} links={links.data} />}
            {tab === 'links' && links.error && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
            {tab === 'comments' && <Comments path={path} items={comments.data?.items ?? []} may={page.data.may.comment && moment === null} />}
          </>
        )}
      </div>
      <aside className="record-side" aria-label={t('history.title')}>
        {history.data && <History kind={kind} revisions={history.data.revisions} labels={labels} id={id} />}
        {history.error && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      </aside>
    </div>
  );
}

/** Putting a record away, with ten seconds to take it back. */
function useArchive(kind: string, id: string) {
  const { t } = useTranslation('records');
  const send = useSend(({ record, step }: { record: GenmeiRecord; step: 'archive' | 'restore' }) => api.post<GenmeiRecord | { record: GenmeiRecord }>(`/records/${kind}/${id}/${step}`, {}, { revision: record.revision }).then(recordOf<GenmeiRecord>));
  const restore = (record: GenmeiRecord) => send.mutate({ record, step: 'restore' }, { onSuccess: () => say(t('restored')) });
  const put = (record: GenmeiRecord) =>
    send.mutate({ record, step: 'archive' }, { onSuccess: (next) => say(t('archivedNow', { number: next.number }), { undo: () => restore(next) }), onError: (error) => isApiError(error) && say(error.message, { tone: 'miss' }) });
  return { put, restore, error: send.error };
}
