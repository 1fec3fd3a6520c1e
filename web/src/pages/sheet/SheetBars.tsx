import { Button } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ApprovalBar } from '@/design/ApprovalBar';
import { AsOfBanner } from '@/design/AsOfBanner';
import { Card } from '@/design/Card';
import { Diff } from '@/design/Diff';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, Message } from '@/design/States';
import { TracePath } from '@/design/TracePath';

const AT = '2026-11-20T00:30:00.000Z';

/** Banners, messages, paths, empty and approval states. */
export function SheetBars() {
  const { t } = useTranslation('sheet');
  return (
    <div className="stack loose">
      <AsOfBanner moment="2026-03-31T14:59:59.000Z" ticks={['2025-11-05T00:00:00.000Z', '2026-06-30T00:00:00.000Z']} />
      <Message
        tone="miss"
        title={t('common:error.save')}
        action={
          <Button variant="default" size="xs">
            {t('action.again')}
          </Button>
        }
      >
        {t('common:error.offline')}
      </Message>
      <Message tone="warn" title={t('example.conflict')}>
        {t('example.both')}
      </Message>
      <Message tone="info" title={t('example.info')} />
      <TracePath
        label={t('example.path')}
        steps={(['service', 'asset', 'threat', 'control'] as const).map((kind) => ({
          kind: t(`trace.${kind}.kind`),
          label: t(`trace.${kind}.label`),
          current: kind === 'threat',
        }))}
      />
      <Card>
        <EmptyState
          icon={Building2}
          title={t('example.empty')}
          example={t('example.emptyExample')}
          action={{ label: t('action.add'), run: () => undefined }}
          second={{ label: t('action.open'), run: () => undefined }}
        />
      </Card>
      <ApprovalBar
        steps={[
          { id: 'a', label: t('seal.write'), signed: { name: t('example.person'), at: AT } },
          { id: 'b', label: t('seal.check'), signed: { name: t('example.other'), at: AT } },
          { id: 'c', label: t('seal.approve'), now: true },
        ]}
        sentence={t('example.separation')}
        digest="7c1e90b4a2d3f4e5"
        ledger={18211}
        action={<Button disabled>{t('example.sign')}</Button>}
      />
      <p className="card sheet-diff">
        <Diff before={t('example.before')} after={t('example.after')} />
      </p>
      <Card title={t('loading')}>
        <Skeleton rows={2} />
      </Card>
    </div>
  );
}
