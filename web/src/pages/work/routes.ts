import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [
  { path: '/work', load: () => import('./WorkPage') },
  { path: '/work/calendar', load: () => import('./CalendarPage') },
];
