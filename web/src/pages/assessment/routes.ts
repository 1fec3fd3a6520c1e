import type { PageRoute } from '@/app/routes';

export const routes: PageRoute[] = [{ path: '/assessment', load: () => import('./AssessmentPage') }];
