import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [
  { path: '/services', load: () => import('./ServicesPage') },
  { path: '/services/$id', load: () => import('./OverviewPage') },
  { path: '/services/$id/chain', load: () => import('./ChainPage') },
  { path: '/services/$id/levels', load: () => import('./LevelsPage') },
];
