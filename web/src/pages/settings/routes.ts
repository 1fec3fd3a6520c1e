import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [{ path: '/settings', load: () => import('./SettingsPage') }];
