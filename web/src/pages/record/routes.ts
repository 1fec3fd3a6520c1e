import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [
  { path: '/records/$kind/new', load: () => import('./NewRecordPage') },
  { path: '/records/$kind/$id', load: () => import('./RecordPage') },
];
