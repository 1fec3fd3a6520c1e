import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [
  { path: '/registers', load: () => import('./RegistersPage') },
  { path: '/records/$kind', load: () => import('./ListPage') },
];
