import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, whole } from '../../ui'

const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: (s: Record<string, unknown>): { after?: number | undefined } => ({
    after: whole(s.after),
  }),
  component: lazyRouteComponent(() => import('./AccountList'), 'AccountList'),
})

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/mine',
  component: lazyRouteComponent(() => import('./Mine'), 'Mine'),
})

const hooks = createRoute({
  getParentRoute: () => inside,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./Webhooks'), 'Webhooks'),
})

const hook = createRoute({
  getParentRoute: () => inside,
  path: '/webhooks/$hook',
  validateSearch: (s: Record<string, unknown>): { before?: number | undefined } => ({
    before: whole(s.before),
  }),
  component: lazyRouteComponent(() => import('./Deliveries'), 'Deliveries'),
})

const system = createRoute({
  getParentRoute: () => inside,
  path: '/system',
  component: lazyRouteComponent(() => import('./System'), 'System'),
})

export const adminRoutes = [accounts, mine, hooks, hook, system]
