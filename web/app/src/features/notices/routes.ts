import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, whole } from '../../ui'

const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  validateSearch: (s: Record<string, unknown>): { before?: number | undefined } => ({
    before: whole(s.before),
  }),
  component: lazyRouteComponent(() => import('./NoticePage'), 'NoticePage'),
})

export const noticesRoutes = [notices] as const
