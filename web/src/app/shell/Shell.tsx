// The frame of every page: menu at the left (icons below 1200 px, a bar at the bottom below 900 px), bar on top,
// banners for a past moment and a lost connection, the page, and what floats above it.
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHome } from '@/api/queries';
import { AsOfBanner } from '@/design/AsOfBanner';
import { useAsOf } from '../asOf';
import { listenForKeys, useKeys } from '../keys';
import { useGo } from '../navigation';
import { allNavItems } from '../nav';
import { BottomBar } from './BottomBar';
import { ErrorBoundary } from './ErrorBoundary';
import { PageLoading } from './Frame';
import { NoticeBar } from './NoticeBar';
import { OfflineBanner } from './OfflineBanner';
import { SideNav } from './SideNav';
import { TopBar } from './TopBar';

// Fetched when first opened, to keep the first page light.
const CommandPalette = lazy(() => import('./CommandPalette').then((file) => ({ default: file.CommandPalette })));
const KeysHelp = lazy(() => import('./KeysHelp').then((file) => ({ default: file.KeysHelp })));

export function Shell() {
  const { t } = useTranslation();
  const go = useGo();
  const { pathname } = useLocation();
  const moment = useAsOf();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const home = useHome();

  useEffect(listenForKeys, []);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [pathname]);

  useKeys([
    { keys: 'mod+k', label: t('keys.palette'), run: () => setPalette(true), anywhere: true },
    { keys: '?', label: t('keys.help'), run: () => setHelp(true) },
    ...allNavItems.map((item) => ({
      keys: `g ${item.letter}`,
      label: t('keys.goTo', { page: t(`nav.${item.id}`) }),
      run: () => go(item.to),
    })),
  ]);

  return (
    <div className="shell" data-as-of={moment ? true : undefined}>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <SideNav
        overdue={home.data?.posture.tasks.overdue ?? 0}
        services={home.data?.services.length}
        ledger={home.data?.ledger}
      />
      <div className="shell-body">
        <TopBar onPalette={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <OfflineBanner />
        {moment && <AsOfBanner moment={moment} />}
        <main id="main" ref={main} tabIndex={-1} className="shell-main">
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<PageLoading />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <BottomBar overdue={home.data?.posture.tasks.overdue ?? 0} />
      <NoticeBar />
      <Suspense>
        {palette && <CommandPalette opened onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
        {help && <KeysHelp opened onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}
