import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: (s: Record<string, unknown>): { after?: number | undefined } => ({
    after: Number(s.after) > 0 ? Number(s.after) : undefined,
  }),
  component: lazyRouteComponent(() => import('./AccountList'), 'AccountList'),
})

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/mine',
  component: lazyRouteComponent(() => import('./Mine'), 'Mine'),
})

export const adminRoutes = [accounts, mine]
