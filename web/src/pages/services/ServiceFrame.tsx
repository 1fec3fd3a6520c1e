// What every page of one service shares: crumb, name, pattern, its three levels, tabs.
import { useTranslation } from 'react-i18next';
import { useMemo, type ReactNode } from 'react';
import type { LevelRow, ServiceProfile } from '@/api/method';
import { useGet, useLevels } from '@/api/queries';
import { useParam } from '@/app/navigation';
import { PageLoading } from '@/app/shell/Frame';
import { useTitle } from '@/app/title';
import { PatternGlyph } from '@/design/PatternGlyph';
import { RecordHeader } from '@/design/RecordHeader';
import { PageTabs } from '@/design/PageTabs';
import { Term } from '@/design/Term';
import { StateBadge } from '@/design/StateBadge';
import { ErrorState } from '@/design/States';
import { useOwnLevels } from './ownLevels';
import './services.css';

interface Props {
  tab: 'overview' | 'chain' | 'levels';
  actions?: (profile: ServiceProfile) => ReactNode;
  children: (profile: ServiceProfile, levels: LevelRow[]) => ReactNode;
  fill?: boolean;
}

export function ServiceFrame({ tab, actions, children, fill = false }: Props) {
  const { t } = useTranslation('services');
  const id = useParam('id');
  const profile = useGet<ServiceProfile>(`/services/${id}/profile`);
  const { rows: guideline } = useLevels(id);
  const own = useOwnLevels(id, guideline);
  const rows = useMemo(() => {
    const group = own.length > 0 ? t('levels.guideline') : undefined;
    return [...guideline.map((row) => ({ ...row, group: row.group ?? group })), ...own];
  }, [guideline, own, t]);
  const name = String(profile.data?.service.fields.name ?? '');
  useTitle(name ? `${name} ${t(`tab.${tab}`)}` : t('common:nav.services'));
  if (profile.error && !profile.data)
    return (
      <div className="page">
        <ErrorState error={profile.error} onRetry={() => void profile.refetch()} page />
      </div>
    );
  if (!profile.data) return <PageLoading />;
  const { classification } = profile.data;
  const missed = rows.filter((row) => row.verdict === 'not_met').length;
  const base = `/services/${id}`;
  return (
    <div className={fill ? 'page-fill' : 'page'}>
      <RecordHeader
        crumbs={[{ label: t('common:nav.services'), to: '/services' }, { label: name }]}
        title={name}
        state={
          <>
            <PatternGlyph pattern={classification.pattern} />
            <span className="cia">
              {(['confidentiality', 'integrity', 'availability'] as const).map((property) => (
                <span key={property}>
                  <Term name={property}>{t(`pattern.${property}`)}</Term>{' '}
                  <b>{t(`pattern.${classification[property] ?? 'unknown'}`)}</b>
                </span>
              ))}
            </span>
            {missed > 0 && <StateBadge tone="miss">{t('missed', { count: missed })}</StateBadge>}
          </>
        }
        actions={actions?.(profile.data)}
      />
      <PageTabs
        label={t('tabs')}
        value={tab}
        tabs={[
          { id: 'overview', label: t('tab.overview'), to: base },
          { id: 'chain', label: t('tab.chain'), to: `${base}/chain` },
          { id: 'levels', label: t('tab.levels'), count: rows.length, to: `${base}/levels` },
        ]}
      />
      {children(profile.data, rows)}
    </div>
  );
}
