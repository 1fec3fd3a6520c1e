import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [{ path: '/sheet', load: () => import('./SheetPage'), bare: true }];
