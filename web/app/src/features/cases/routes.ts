import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)

const cases = createRoute({
  getParentRoute: () => inside,
  path: '/cases',
  validateSearch: (
    s: Record<string, unknown>,
  ): {
    tab?: 'all' | undefined
    type?: string | undefined
    ended?: boolean | undefined
    before?: number | undefined
    open?: string | undefined
  } => ({
    tab: s.tab === 'all' ? 'all' : undefined,
    type: text(s.type),
    ended: typeof s.ended === 'boolean' ? s.ended : undefined,
    before: Number(s.before) > 0 ? Number(s.before) : undefined,
    open: text(s.open),
  }),
  component: lazyRouteComponent(() => import('./CaseList'), 'CaseList'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$number',
  component: lazyRouteComponent(() => import('./CasePage'), 'CasePage'),
})

export const casesRoutes = [cases, one]
