import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [{ path: '/first-hour', load: () => import('./FirstHourPage'), bare: true }];
