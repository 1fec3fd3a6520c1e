import { Outlet } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
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

/** Nothing for 0.3 s, then still shapes. */
export function PageLoading() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="page" role="status" aria-label={t('shell.loading')}>
      {late && <Skeleton rows={8} title />}
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className="page">
      <EmptyState icon={Compass} title={t('error.notFound')} example={t('error.notFoundHint')} action={{ label: t('error.toHome'), run: () => go('/') }} heading="h1" />
    </div>
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
