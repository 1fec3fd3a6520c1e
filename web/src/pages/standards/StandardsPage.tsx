// What does this item ask, and where else is it asked: parts at the left, items in the middle, the chosen one at the right.
import { Button, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ChevronLeft, Library, Search, Upload } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '@/api/queries';
import { useSession } from '@/app/session';
import { foldForSearch } from '@/app/fold';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { itemPath, useGo, useParam, useSearch } from '@/app/navigation';
import { useTitle } from '@/app/title';
import { KeyHints } from '@/design/Kbd';
import { Mark } from '@/design/Mark';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { ItemPane } from './ItemPane';
import { WordingDialog } from './WordingDialog';
import { branchesOf, judgementTone, type Node, type Standard } from './model';
import '@/pages/record/record.css';
import './standards.css';

export default function StandardsPage() {
  const { t } = useTranslation(['standards', 'records']);
  const format = useFormat();
  const go = useGo();
  const { can } = useSession();
  const [search] = useSearch();
  const [standardId, partId, itemId] = [useParam('standard'), useParam('part'), useParam('item')];
  const narrow = useMediaQuery('(max-width: 1199px)', false, { getInitialValueInEffect: false });
  const list = useGet<{ items: Standard[] }>('/standards', {}, { staleTime: 60_000 });
  const standards = list.data?.items ?? [];
  const current = standards.find((one) => one.id === (standardId || search.standard)) ?? standards.find((one) => one.chosen) ?? standards[0];
  const part = current?.parts.find((one) => one.id === (partId || search.part)) ?? current?.parts.find((one) => one.id === 'annex-a') ?? current?.parts[0];
  const tree = useGet<{ nodes: Node[] }>(`/standards/${current?.id ?? ''}/tree`, { part: part?.id }, { enabled: Boolean(current && part), keep: true });
  const branches = useMemo(() => branchesOf(tree.data?.nodes ?? []), [tree.data]);
  const [text, setText] = useState('');
  const [importing, setImporting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const itemKey = itemId ? `${standardId}/${partId}/${itemId}` : '';
  const shown = useMemo(() => {
    const wanted = foldForSearch(text);
    return branches.map((branch) => ({ ...branch, leaves: branch.leaves.filter((leaf) => !wanted || foldForSearch(`${leaf.ref} ${format.text(leaf.title)}`).includes(wanted)) })).filter((branch) => branch.leaves.length > 0);
  }, [branches, text, format]);
  const leaves = useMemo(() => shown.flatMap((branch) => branch.leaves), [shown]);
  const chosenKey = itemKey || (narrow ? '' : (leaves[0]?.key ?? ''));
  const at = leaves.findIndex((leaf) => leaf.key === chosenKey);
  const step = (by: number) => {
    const next = leaves[Math.max(0, Math.min(leaves.length - 1, at + by))];
    if (next) go(itemPath(next.key), { replace: true });
  };
  useTitle(t('nav.standards'));
  useEffect(() => {
    document.querySelector('.item-list [aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenKey, tree.data]);
  useKeys([
    { keys: 'j', label: t('keys.next'), run: () => step(1) },
    { keys: 'k', label: t('keys.previous'), run: () => step(-1) },
    { keys: ']', label: t('keys.next'), run: () => step(1) },
    { keys: '[', label: t('keys.previous'), run: () => step(-1) },
    { keys: 'm', label: t('mappings'), run: () => document.querySelector('#mappings')?.scrollIntoView({ block: 'start' }) },
    { keys: '/', label: t('keys.filter'), run: () => field.current?.focus() },
  ]);
  if (list.error && !list.data) return <div className="page"><ErrorState error={list.error} onRetry={() => void list.refetch()} page /></div>;
  if (list.data && standards.length === 0) return <div className="page"><EmptyState heading="h1" icon={Library} title={t('empty')} /></div>;
  const showList = !narrow || !itemKey;
  return (
    <div className={`standards${narrow ? ' narrow' : ''}`}>
      {showList && (
        <nav className="standards-tree" aria-label={t('tree')}>
          <div className="row between"><h1>{t('nav.standards')}</h1>{can('@standards') && <Button size="xs" variant="default" leftSection={<Upload size={14} aria-hidden />} onClick={() => setImporting(true)}>{t('import.open')}</Button>}</div>
          {standards.map((standard) => (
            <section key={standard.id}>
              <h2>{format.text(standard.short_title ?? standard.title) || format.text(standard.title)}</h2>
              <ul>
                {standard.parts.map((one) => (
                  <li key={one.id}>
                    <button type="button" className="tree-part" aria-current={standard.id === current?.id && one.id === part?.id ? 'true' : undefined} onClick={() => { setText(''); go(`/standards?standard=${standard.id}&part=${one.id}`); }}>
                      <span className="grow">{format.text(one.title)}</span><span className="hint">{one.counts.control || one.counts.clause || one.counts.item || one.counts.evaluation_item || one.items}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {standard.official_wording.imported > 0 && <p className="hint tree-note">{t('wordingCount', { count: standard.official_wording.imported, shown: format.number(standard.official_wording.imported) })}</p>}
            </section>
          ))}
        </nav>
      )}
      {showList && (
        <section className="item-list" aria-label={format.text(part?.title)}>
          <header><div className="row between"><h2>{format.text(part?.title)}</h2><span className="hint">{leaves.length}</span></div><TextInput ref={field} size="xs" leftSection={<Search size={14} aria-hidden />} aria-label={t('filter')} placeholder={t('filter')} value={text} onChange={(event) => setText(event.currentTarget.value)} /></header>
          <div className="item-scroll">
            {tree.isPending && <div className="pad"><Skeleton rows={8} /></div>}
            {tree.error && <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />}
            {tree.data && leaves.length === 0 && <EmptyState title={text ? t('records:noneFound') : t('emptyPart')} example={text ? undefined : t('emptyPartExample')} />}
            {shown.map((branch) => (
              <section key={branch.node.key}>
                {(branch.leaves.length > 1 || branch.node.key !== branch.leaves[0]?.key) && <h3 className="item-group">{branch.node.ref} {format.text(branch.node.title)}</h3>}
                <ul>
                  {branch.leaves.map((leaf) => (
                    <li key={leaf.key}>
                      <button type="button" className="item-row" aria-current={leaf.key === chosenKey ? 'true' : undefined} onClick={() => go(itemPath(leaf.key))}>
                        <code>{leaf.ref}</code><span className="grow">{format.text(leaf.title)}</span>
                        {leaf.state && <><Mark tone={judgementTone[leaf.state] ?? 'none'} /><span className="visually-hidden">{t(`judgement.${leaf.state}`)}</span></>}
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <footer><KeyHints hints={[{ keys: 'j k', label: t('keys.choose') }, { keys: '/', label: t('keys.filter') }, { keys: 'm', label: t('mappings') }]} /></footer>
        </section>
      )}
      {(!narrow || itemKey) && (
        <section className="item-pane" aria-label={t('item')}>
          {narrow && <button type="button" className="plain-button row text-link" onClick={() => go(`/standards?standard=${current?.id ?? ''}&part=${part?.id ?? ''}`)}><ChevronLeft size={16} aria-hidden />{t('backToList')}</button>}
          {chosenKey && <ItemPane key={chosenKey} itemKey={chosenKey} crumbs={[format.text(current?.short_title ?? current?.title), format.text(part?.title)]} />}
        </section>
      )}
      {importing && <WordingDialog onClose={() => setImporting(false)} />}
    </div>
  );
}
