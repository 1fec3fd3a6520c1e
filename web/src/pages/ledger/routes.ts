import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [{ path: '/ledger', load: () => import('./LedgerPage') }];
