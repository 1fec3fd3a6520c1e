// The order of things: theme, server data, session, pages.
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { setRefusalText } from '@/api/client';
import { queryClient } from '@/api/queries';
import { ErrorState } from '@/design/States';
import { cssVariablesResolver, theme } from '@/design/theme';
import { PageLoading } from './shell/Frame';
import { ErrorBoundary } from './shell/ErrorBoundary';
import { router } from './routes';
import { SessionGate } from './session';

const Logon = lazy(() => import('@/pages/logon/LogonPage'));
const ChangePassword = lazy(() => import('@/pages/logon/ChangePasswordPage'));

const schemes = localStorageColorSchemeManager({ key: 'theme' });
const nonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

function Gate() {
  const { t } = useTranslation();
  setRefusalText((code) => t(code === 'offline' ? 'error.offline' : 'asOf.readOnly'));
  return (
    <SessionGate
      loading={<PageLoading />}
      logon={(enter) => <Logon onEnter={enter} />}
      changePassword={(done) => <ChangePassword onDone={done} />}
      failed={(error, retry) => <ErrorState error={error} onRetry={retry} page />}
    >
      <RouterProvider router={router} />
    </SessionGate>
  );
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          <Suspense fallback={<PageLoading />}>
            <Gate />
          </Suspense>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
