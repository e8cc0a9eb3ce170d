import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const kindAsked = (s: Record<string, unknown>): { with?: string | undefined } => ({
  with: typeof s.with === 'string' && s.with !== '' ? s.with : undefined,
})

const subject = createRoute({
  getParentRoute: () => inside,
  path: '/matches/$kind/$id',
  validateSearch: kindAsked,
  component: lazyRouteComponent(() => import('./Matches'), 'SubjectMatches'),
})

const oneCase = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$number/matches',
  validateSearch: kindAsked,
  component: lazyRouteComponent(() => import('./Matches'), 'CaseMatches'),
})

const own = createRoute({
  getParentRoute: () => inside,
  path: '/calls',
  component: lazyRouteComponent(() => import('./Calls'), 'Calls'),
})

export const needsRoutes = [subject, oneCase, own]
