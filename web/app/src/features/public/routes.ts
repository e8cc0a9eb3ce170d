import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, outside, text } from '../../ui'

const runs = createRoute({
  getParentRoute: () => outside,
  path: '/public',
  component: lazyRouteComponent(() => import('./PublicRuns'), 'PublicRuns'),
})

const results = createRoute({
  getParentRoute: () => outside,
  path: '/public/runs/$run',
  validateSearch: (
    search: Record<string, unknown>,
  ): { q?: string | undefined; grade?: string | undefined; at?: string | undefined } => ({
    q: text(search.q),
    grade: text(search.grade),
    at: search.at === undefined ? undefined : String(search.at),
  }),
  component: lazyRouteComponent(() => import('./PublicResults'), 'PublicResults'),
})

const policies = createRoute({
  getParentRoute: () => outside,
  path: '/public/policies',
  component: lazyRouteComponent(() => import('./PublicPolicies'), 'PublicPolicies'),
})

const boardSearch = (search: Record<string, unknown>): { type?: string | undefined } => ({
  type: text(search.type),
})

const publicBoard = createRoute({
  getParentRoute: () => outside,
  path: '/public/board',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('./Board'), 'PublicBoard'),
})

const board = createRoute({
  getParentRoute: () => inside,
  path: '/board',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('./Board'), 'Board'),
})

export const publicRoutes = [runs, results, policies, publicBoard] as const
export const boardRoutes = [board] as const
