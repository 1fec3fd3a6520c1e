import { useTranslation } from 'react-i18next';
import type { Posture } from '@/api/method';
import { A, useGo } from '@/app/navigation';
import { Card } from '@/design/Card';
import { Coverage } from '@/design/Coverage';
import { EmptyState } from '@/design/States';

export function CoverageCard({ posture }: { posture: Posture }) {
  const { t } = useTranslation('home');
  const go = useGo();
  const rows = posture.standards.filter((row) => row.total > 0).slice(0, 4);
  return (
    <Card flush title={t('coverage.title')} side={<A to="/assessment">{t('coverage.soa')}</A>}>
      {rows.length > 0 ? (
        <Coverage rows={rows} />
      ) : (
        <EmptyState
          title={t('coverage.empty')}
          example={t('coverage.emptyExample')}
          action={{ label: t('coverage.emptyAction'), run: () => go('/standards') }}
        />
      )}
    </Card>
  );
}
