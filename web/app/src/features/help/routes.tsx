import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, outside } from '../../ui'

const page = createRoute({
  getParentRoute: () => inside,
  path: '/help/$page',
  component: lazyRouteComponent(() => import('./Help'), 'Help'),
})

const anybody = createRoute({
  getParentRoute: () => outside,
  path: '/public/help/$page',
  component: lazyRouteComponent(() => import('./Help'), 'PublicHelp'),
})

export const helpRoutes = [page] as const
export const publicHelpRoutes = [anybody] as const
