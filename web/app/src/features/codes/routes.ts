import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text } from '../../ui'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/codes',
  validateSearch: (
    s: Record<string, unknown>,
  ): { q?: string | undefined; group?: string | undefined; list?: string | undefined } => ({
    q: text(s.q),
    group: text(s.group),
    list: text(s.list),
  }),
  component: lazyRouteComponent(() => import('./Codes'), 'Codes'),
})

export const codesRoutes = [list]
