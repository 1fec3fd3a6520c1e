import { Button } from '@mantine/core';
import { Layers, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { missedOf } from '@/api/levels';
import { useHome, useKind, useRecords } from '@/api/queries';
import { useFormat } from '@/app/format';
import { A, useGo } from '@/app/navigation';
import { useTitle } from '@/app/title';
import { Mark } from '@/design/Mark';
import { PatternGlyph } from '@/design/PatternGlyph';
import { Skeleton } from '@/design/Skeleton';
import { StateBadge } from '@/design/StateBadge';
import { EmptyState, ErrorState } from '@/design/States';
import { Verdict } from '@/design/Verdict';
import './services.css';

export default function ServicesPage() {
  const { t } = useTranslation('services');
  const format = useFormat();
  const go = useGo();
  const kind = useKind('service');
  const list = useRecords('service', { sort: 'name', limit: 200, count: true });
  const home = useHome();
  useTitle(t('common:nav.services'));
  const state = (id: string) => kind?.workflow.states.find((one) => one.id === id);
  const items = list.data?.items ?? [];
  const describe = () => go('/first-hour?new=1');
  const open = items.filter((item) => !item.fields.pattern).length;
  return (
    <div className="page">
      <Verdict
        text={
          list.data
            ? open > 0
              ? t('list.verdictOpen', { count: open, total: items.length })
              : t('list.verdict', { count: items.length })
            : t('common:nav.services')
        }
        sub={t('sub')}
        side={
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={describe}>
            {t('add')}
          </Button>
        }
      />
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={5} />}
      {list.data && items.length === 0 && (
        <EmptyState
          icon={Layers}
          title={t('empty')}
          example={t('emptyExample')}
          action={{ label: t('add'), run: describe }}
        />
      )}
      {items.length > 0 && (
        <div className="card">
          <ul className="service-list">
            {items.map((item) => {
              const shown = home.data?.services.find((service) => service.id === item.id);
              const missed = shown ? missedOf(shown.must_reach) : 0;
              const place = state(item.state);
              return (
                <li key={item.id}>
                  <div className="grow">
                    <div className="row wrap service-list-name">
                      <A to={`/services/${item.id}`} className="strong">
                        {String(item.fields.name)}
                      </A>
                      <PatternGlyph pattern={(item.fields.pattern as number | null) ?? null} />
                      {place && <StateBadge tone={place.tone ?? 'none'}>{format.text(place.title)}</StateBadge>}
                    </div>
                    <p className="service-about">{String(item.fields.description ?? '')}</p>
                  </div>
                  <div className="service-list-side">
                    {shown && (
                      <span className={`row strong tone-${missed ? 'miss' : 'met'}`}>
                        <Mark tone={missed ? 'miss' : 'met'} />
                        {t('must', { met: shown.must_reach.met, total: shown.must_reach.total })}
                      </span>
                    )}
                    <span className="row">
                      <A to={`/services/${item.id}/chain`}>{t('tab.chain')}</A>
                      <A to={`/services/${item.id}/levels`}>{t('tab.levels')}</A>
                    </span>
                  </div>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
