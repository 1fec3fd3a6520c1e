import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [
  { path: '/standards', load: () => import('./StandardsPage') },
  { path: '/standards/$standard/$part/$item', load: () => import('./StandardsPage') },
];
