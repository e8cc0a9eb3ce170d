import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text } from '../../ui'

export interface ExplainSearch {
  tab?: 'why' | 'whatif' | 'seek' | undefined
  /** The item that is looked at. */
  item?: string | undefined
  /** What is supposed: "field@2025=500". The address of a scenario is the scenario. */
  set?: string[] | undefined
}

const page = createRoute({
  getParentRoute: () => inside,
  path: '/explain/$run/$id',
  validateSearch: (search: Record<string, unknown>): ExplainSearch => ({
    tab: search.tab === 'whatif' || search.tab === 'seek' ? search.tab : undefined,
    item: text(search.item),
    set: Array.isArray(search.set) ? search.set.map(String).filter((one) => one.includes('=')) : undefined,
  }),
  component: lazyRouteComponent(() => import('./ExplainPage'), 'ExplainPage'),
})

export const explainRoutes = [page] as const
