import { useTranslation } from 'react-i18next';
import { PageTabs } from '@/design/PageTabs';

export function WorkTabs({ value }: { value: 'today' | 'calendar' }) {
  const { t } = useTranslation('work');
  return (
    <PageTabs
      label={t('tabs')}
      value={value}
      tabs={[
        { id: 'today', label: t('today'), to: '/work' },
        { id: 'calendar', label: t('calendar'), to: '/work/calendar' },
        { id: 'all', label: t('allTasks'), to: '/records/task' },
      ]}
    />
  );
}
