import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text } from '../../ui'

const find = createRoute({
  getParentRoute: () => inside,
  path: '/lineage',
  validateSearch: (s: Record<string, unknown>): { kind?: string | undefined; q?: string | undefined } => ({
    kind: text(s.kind),
    q: text(s.q),
  }),
  component: lazyRouteComponent(() => import('./Find'), 'Find'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/lineage/$kind/$id',
  validateSearch: (s: Record<string, unknown>): { column?: string | undefined } => ({
    column: text(s.column),
  }),
  component: lazyRouteComponent(() => import('./Lineage'), 'Lineage'),
})

export const lineageRoutes = [find, one]
