import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: (s: Record<string, unknown>): { q?: string | undefined; after?: number | undefined } => ({
    q: text(s.q),
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

const rights = createRoute({
  getParentRoute: () => inside,
  path: '/rights',
  validateSearch: (s: Record<string, unknown>): { role?: string | undefined } => ({ role: text(s.role) }),
  component: lazyRouteComponent(() => import('./Rights'), 'Rights'),
})

export const adminRoutes = [accounts, mine, hooks, hook, system, rights]
