// Every register this person may read, by group, each with what it is for.
import { TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/queries';
import { foldForSearch } from '@/app/fold';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { A } from '@/app/navigation';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { Verdict } from '@/design/Verdict';
import './registers.css';

export default function RegistersPage() {
  const { t } = useTranslation('records');
  const format = useFormat();
  const kinds = useKinds();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useTitle(t('nav.registers'));
  useKeys([{ keys: '/', label: t('keys.filter'), run: () => field.current?.focus() }]);
  const groups = useMemo(() => {
    const wanted = foldForSearch(text);
    const shown = (kinds.data?.kinds ?? []).filter((kind) => kind.menu !== false && (!wanted || foldForSearch(`${format.text(kind.plural)} ${format.text(kind.purpose)} ${kind.id}`).includes(wanted)));
    return (kinds.data?.groups ?? []).map((group) => ({ ...group, kinds: shown.filter((kind) => kind.group === group.id) })).filter((group) => group.kinds.length > 0);
  }, [kinds.data, text, format]);
  const total = (kinds.data?.kinds ?? []).filter((kind) => kind.menu !== false).length;
  return (
    <div className="page">
      <Verdict text={t('nav.registers')} sub={t('menu.sub', { count: total })} side={<A to="/import">{t('menu.import')}</A>} />
      <TextInput ref={field} className="registers-filter" leftSection={<Search size={15} aria-hidden />} aria-label={t('menu.filter')} placeholder={t('menu.filter')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {kinds.error && <ErrorState error={kinds.error} onRetry={() => void kinds.refetch()} />}
      {kinds.isPending && <Skeleton rows={8} />}
      {kinds.data && groups.length === 0 && <EmptyState icon={Search} title={t('noneFound')} example={t('menu.shorter')} />}
      <div className="registers-grid">
        {groups.map((group) => (
          <Card key={group.id} title={format.text(group.title)} flush>
            <ul className="list registers-list">
              {group.kinds.map((kind) => (
                <li key={kind.id}>
                  <div className="grow">
                    <A to={`/records/${kind.id}`} className="strong registers-name">{format.text(kind.plural)}</A>
                    <p className="hint">{format.text(kind.purpose)}</p>
                  </div>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </div>
  );
}
