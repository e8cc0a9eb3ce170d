import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, outside, text } from '../../ui'

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
  validateSearch: (search: Record<string, unknown>): CockpitSearch => ({
    show: SHOWN.includes(search.show) ? (search.show as CockpitSearch['show']) : undefined,
    figure: text(search.figure),
  }),
  component: lazyRouteComponent(() => import('./Cockpit'), 'Cockpit'),
})

const screen = createRoute({
  getParentRoute: () => outside,
  path: '/screen',
  validateSearch: (search: Record<string, unknown>): { rotate?: number | undefined } => ({
    rotate: Number(search.rotate) >= 5 ? Number(search.rotate) : undefined,
  }),
  component: lazyRouteComponent(() => import('./Screen'), 'Screen'),
})

export const cockpitRoutes = [cockpit] as const
export const screenRoutes = [screen] as const
