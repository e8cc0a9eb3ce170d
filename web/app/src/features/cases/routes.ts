import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

const cases = createRoute({
  getParentRoute: () => inside,
  path: '/cases',
  staticData: { goesBy: ({ tab }) => (tab === 'all' ? ['year', 'at'] : []) },
  validateSearch: (
    s: Record<string, unknown>,
  ): {
    tab?: 'all' | undefined
    type?: string | undefined
    ended?: boolean | undefined
    before?: number | undefined
    /** The form of a new case of this type, 类型 对象. */
    open?: string | undefined
  } => ({
    tab: s.tab === 'all' ? 'all' : undefined,
    type: text(s.type),
    ended: typeof s.ended === 'boolean' ? s.ended : undefined,
    before: whole(s.before),
    open: text(s.open),
  }),
  component: lazyRouteComponent(() => import('./CaseList'), 'CaseList'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$number',
  component: lazyRouteComponent(() => import('./CasePage'), 'CasePage'),
})

const BY = ['category', 'locality', 'month'] as const
const PART = ['of', 'hit', 'open'] as const
const oneOf = <T extends string>(all: readonly T[], v: unknown) => all.find((one) => one === v)

const measures = createRoute({
  getParentRoute: () => inside,
  path: '/measures',
  validateSearch: (
    s: Record<string, unknown>,
  ): {
    type?: string | undefined
    by?: (typeof BY)[number] | undefined
    measure?: string | undefined
    part?: (typeof PART)[number] | undefined
    state?: string | undefined
    key?: string | undefined
    locality?: string | undefined
    year?: string | undefined
    before?: number | undefined
  } => ({
    type: text(s.type),
    by: oneOf(BY, s.by),
    measure: text(s.measure),
    part: oneOf(PART, s.part),
    state: text(s.state),
    key: text(s.key),
    locality: text(s.locality),
    year: whole(s.year)?.toString(),
    before: whole(s.before),
  }),
  component: lazyRouteComponent(() => import('./Measures'), 'Measures'),
})

export const casesRoutes = [cases, one, measures]
