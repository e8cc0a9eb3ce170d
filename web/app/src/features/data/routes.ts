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

export interface QueriesSearch {
  tab?: string | undefined
  kind?: string | undefined
  /** The groups put together, as domain/question writes them. */
  ask?: unknown[] | undefined
  where?: string | undefined
  q?: string | undefined
}

const queries = createRoute({
  getParentRoute: () => inside,
  path: '/queries',
  validateSearch: (s: Record<string, unknown>): QueriesSearch => ({
    tab: text(s.tab),
    kind: text(s.kind),
    ask: Array.isArray(s.ask) ? s.ask : undefined,
    where: text(s.where),
    q: text(s.q),
  }),
  component: lazyRouteComponent(() => import('./Queries'), 'Queries'),
})

export const dataRoutes = [start, look, queries]
