import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text } from '../../ui'
import { subjectSearch } from './search'

/** What may come about of a subject. */
export const SORTS = ['facts', 'runs', 'appeals', 'cases', 'money', 'consents'] as const
export type Sort = (typeof SORTS)[number]

const list = createRoute({
  getParentRoute: () => inside,
  path: '/subjects/$kind',
  staticData: { goesBy: () => ['year', 'at'] },
  validateSearch: subjectSearch,
  component: lazyRouteComponent(() => import('./SubjectList'), 'SubjectList'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/subjects/$kind/$id',
  validateSearch: (
    search: Record<string, unknown>,
  ): { tab?: string | undefined; only?: Sort | undefined } => ({
    tab: text(search.tab),
    only: SORTS.find((one) => one === search.only),
  }),
  component: lazyRouteComponent(() => import('./SubjectPage'), 'SubjectPage'),
})

const compare = createRoute({
  getParentRoute: () => inside,
  path: '/compare/$kind',
  validateSearch: (search: Record<string, unknown>): { ids: string[] } => ({
    ids: Array.isArray(search.ids) ? search.ids.map(String).slice(0, 4) : [],
  }),
  component: lazyRouteComponent(() => import('./Compare'), 'Compare'),
})

export const subjectsRoutes = [list, one, compare] as const
