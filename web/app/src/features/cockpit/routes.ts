import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, outside, text, whole } from '../../ui'

export interface CockpitSearch {
  /** What tiles and cells show. */
  show?: 'count' | 'score' | 'sum' | undefined
  /** The figure that is summed, 研发费用@2025. */
  figure?: string | undefined
}

const SHOWN: readonly unknown[] = ['count', 'score', 'sum']

const cockpit = createRoute({
  getParentRoute: () => inside,
  path: '/cockpit',
  staticData: { goesBy: () => ['year', 'at'] },
  validateSearch: (search: Record<string, unknown>): CockpitSearch => ({
    show: SHOWN.includes(search.show) ? (search.show as CockpitSearch['show']) : undefined,
    figure: text(search.figure),
  }),
  component: lazyRouteComponent(() => import('./Cockpit'), 'Cockpit'),
})

export interface HoldersSearch {
  /** Points and payments of this year; of all without it. */
  of?: number | undefined
  /** Its code; empty: not filled in. */
  locality?: string | undefined
  paid?: boolean | undefined
  after?: string | undefined
}

const holders = createRoute({
  getParentRoute: () => inside,
  path: '/cockpit/holders',
  validateSearch: (search: Record<string, unknown>): HoldersSearch => ({
    of: whole(search.of),
    locality: search.locality == null ? undefined : String(search.locality),
    paid: search.paid === true ? true : undefined,
    after: text(search.after),
  }),
  component: lazyRouteComponent(() => import('./Holders'), 'Holders'),
})

const screen = createRoute({
  getParentRoute: () => outside,
  path: '/screen',
  validateSearch: (search: Record<string, unknown>): { rotate?: number | undefined } => ({
    rotate: Number(search.rotate) >= 5 ? Number(search.rotate) : undefined,
  }),
  component: lazyRouteComponent(() => import('./Screen'), 'Screen'),
})

export const cockpitRoutes = [cockpit, holders] as const
export const screenRoutes = [screen] as const
