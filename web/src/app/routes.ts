// Every folder of src/pages declares its own pages in routes.ts; they are gathered here, and each is loaded on demand.
// Paths use TanStack's notation ($id). A page marked bare draws its own frame, all others stand in the shell.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { BareFrame, NotFound, PageError, PageLoading } from './shell/Frame';
import { Shell } from './shell/Shell';

export interface PageRoute {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  bare?: boolean;
}

const declared = Object.values(
  import.meta.glob<{ routes: PageRoute[] }>('../pages/*/routes.ts', { eager: true }),
).flatMap((file) => file.routes);

const root = createRootRoute({ component: BareFrame, notFoundComponent: NotFound });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const page = (parent: () => AnyRoute, route: PageRoute): AnyRoute =>
  createRoute({ getParentRoute: parent, path: route.path, component: lazyRouteComponent(route.load) });

shell.addChildren(declared.filter((route) => !route.bare).map((route) => page(() => shell, route)));
root.addChildren([shell, ...declared.filter((route) => route.bare).map((route) => page(() => root, route))]);

/** Search parameters stay plain text, so that every address can be read, typed and sent on. */
export const router = createRouter({
  routeTree: root,
  defaultErrorComponent: PageError,
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 300,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(search)) {
      if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
    }
    const text = params.toString();
    return text ? `?${text}` : '';
  },
});
