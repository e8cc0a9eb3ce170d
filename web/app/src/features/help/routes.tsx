import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const page = createRoute({
  getParentRoute: () => inside,
  path: '/help/$page',
  component: lazyRouteComponent(() => import('./Help'), 'Help'),
})

export const helpRoutes = [page] as const
