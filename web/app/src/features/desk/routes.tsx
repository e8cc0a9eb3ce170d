import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const desk = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('./Desk'), 'Desk'),
})

export const deskRoutes = [desk] as const
