import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, isApiError } from '@/api/problem';
import { EmptyState, ErrorState } from '@/design/States';
import { Skeleton } from '@/design/Skeleton';
import { useGo } from '../navigation';
import { Compass } from 'lucide-react';

export function BareFrame() {
  return (
    <Suspense fallback={<PageLoading />}>
      <Outlet />
    </Suspense>
  );
}

export function PageLoading() {
  const { t } = useTranslation();
  return (
    <div className="page" role="status" aria-label={t('shell.loading')}>
      <Skeleton rows={8} title />
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <main className="page">
      <EmptyState
        icon={Compass}
        title={t('error.notFound')}
        example={t('error.notFoundHint')}
        action={{ label: t('error.toHome'), run: () => go('/') }}
        heading="h1"
      />
    </main>
  );
}

export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const known = isApiError(error) ? error : new ApiError({ status: 0, code: 'ui.crash' });
  return (
    <div className="page">
      <ErrorState error={known} onRetry={reset} page />
    </div>
  );
}
