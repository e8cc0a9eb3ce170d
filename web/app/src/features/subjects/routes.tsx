import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'
import { subjectSearch } from './search'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/subjects/$kind',
  validateSearch: subjectSearch,
  component: lazyRouteComponent(() => import('./SubjectList'), 'SubjectList'),
})

const one = createRoute({
  getParentRoute: () => inside,
  path: '/subjects/$kind/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: string | undefined } => ({
    tab: typeof search.tab === 'string' ? search.tab : undefined,
  }),
  component: lazyRouteComponent(() => import('./SubjectPage'), 'SubjectPage'),
})

export const subjectsRoutes = [list, one] as const
