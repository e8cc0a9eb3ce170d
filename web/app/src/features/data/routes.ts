import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const whole = (v: unknown) => (Number.isSafeInteger(Number(v)) && Number(v) > 0 ? Number(v) : undefined)

const start = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: (s: Record<string, unknown>): { kind?: string | undefined } => ({
    kind: typeof s.kind === 'string' && s.kind !== '' ? s.kind : undefined,
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
