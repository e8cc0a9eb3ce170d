import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Crashed, inside, Loading, outside, rootRoute } from '../ui'
import { comeBack } from './back'
import { insideRoutes, outsideRoutes } from './features'
import { Missing } from './Missing'
import { Shell } from './Shell'

const login = createRoute({
  getParentRoute: () => outside,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? search.next : undefined,
  }),
  component: lazyRouteComponent(() => import('./Login'), 'Login'),
})

const password = createRoute({
  getParentRoute: () => outside,
  path: '/password',
  component: lazyRouteComponent(() => import('./Password'), 'Password'),
})

comeBack()
rootRoute.update({ notFoundComponent: Missing })

inside.update({ component: Shell })

export const router = createRouter({
  routeTree: rootRoute.addChildren([insideRoutes, outside.addChildren([login, password, ...outsideRoutes])]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error }) => <Crashed cause={error} />,
  defaultPendingComponent: () => <Loading />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
