import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, whole } from '../../ui'

const jobs = createRoute({
  getParentRoute: () => inside,
  path: '/jobs',
  validateSearch: (
    s: Record<string, unknown>,
  ): { before?: number | undefined; job?: number | undefined } => ({
    before: whole(s.before),
    job: whole(s.job),
  }),
  component: lazyRouteComponent(() => import('./JobList'), 'JobList'),
})

export const jobsRoutes = [jobs]
