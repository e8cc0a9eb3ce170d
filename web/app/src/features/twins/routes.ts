import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/twins',
  validateSearch: (
    s: Record<string, unknown>,
  ): { kind?: string | undefined; least?: number | undefined } => ({
    kind: text(s.kind),
    least: whole(s.least),
  }),
  component: lazyRouteComponent(() => import('./Twins'), 'Twins'),
})

export const twinsRoutes = [list]
