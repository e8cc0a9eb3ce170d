import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

const start = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: (s: Record<string, unknown>): { kind?: string | undefined } => ({
    kind: text(s.kind),
  }),
  component: lazyRouteComponent(() => import('./Start'), 'Start'),
})

const look = createRoute({
  getParentRoute: () => inside,
  path: '/import/$number',
  validateSearch: (s: Record<string, unknown>): { job?: number | undefined } => ({ job: whole(s.job) }),
  component: lazyRouteComponent(() => import('./Look'), 'Look'),
})

export const dataRoutes = [start, look]
