import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/checks',
  staticData: { goesBy: () => ['at'] },
  validateSearch: (s: Record<string, unknown>): { returned?: true | undefined } => ({
    returned: s.returned === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./Checks'), 'Checks'),
})

export const checksRoutes = [list]
