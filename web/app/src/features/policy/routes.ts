import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)

interface CatalogueSearch {
  q?: string | undefined
  kind?: string | undefined
}

const list = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  validateSearch: (s: Record<string, unknown>): CatalogueSearch => ({ q: text(s.q), kind: text(s.kind) }),
  component: lazyRouteComponent(() => import('./PolicyList'), 'PolicyList'),
})

const calculate = createRoute({
  getParentRoute: () => inside,
  path: '/policies/calculate',
  validateSearch: (
    s: Record<string, unknown>,
  ): { kind?: string | undefined; policy?: string | undefined } => ({
    kind: text(s.kind),
    policy: s.policy === undefined ? undefined : String(s.policy),
  }),
  component: lazyRouteComponent(() => import('./Calculator'), 'Calculator'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/policies/$policy',
  component: lazyRouteComponent(() => import('./PolicyPage'), 'PolicyPage'),
})

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/entitlements',
  component: lazyRouteComponent(() => import('./Mine'), 'Mine'),
})

const entitlements = createRoute({
  getParentRoute: () => inside,
  path: '/entitlements/$kind/$id',
  component: lazyRouteComponent(() => import('./EntitlementPage'), 'EntitlementPage'),
})

export const policyRoutes = [list, calculate, one, mine, entitlements]
