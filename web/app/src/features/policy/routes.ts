import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, outside, text } from '../../ui'

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

const asked = (s: Record<string, unknown>): { kind?: string | undefined; policy?: string | undefined } => ({
  kind: text(s.kind),
  policy: s.policy === undefined ? undefined : String(s.policy),
})

const calculate = createRoute({
  getParentRoute: () => inside,
  path: '/policies/calculate',
  validateSearch: asked,
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
  staticData: { goesBy: ({ tab }) => (tab === 'years' ? [] : ['year']) },
  validateSearch: (s: Record<string, unknown>): { tab?: 'years' | undefined } => ({
    tab: s.tab === 'years' ? s.tab : undefined,
  }),
  component: lazyRouteComponent(() => import('./EntitlementPage'), 'EntitlementPage'),
})

const publicCalculate = createRoute({
  getParentRoute: () => outside,
  path: '/public/calculate',
  validateSearch: asked,
  component: lazyRouteComponent(() => import('./Calculator'), 'PublicCalculator'),
})

const publicPolicy = createRoute({
  getParentRoute: () => outside,
  path: '/public/policies/$policy',
  component: lazyRouteComponent(() => import('./PolicyPage'), 'PublicPolicy'),
})

export const publicPolicyRoutes = [publicCalculate, publicPolicy]
export const policyRoutes = [list, calculate, one, mine, entitlements]
