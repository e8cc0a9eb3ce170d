import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside } from '../../ui'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/twins',
  validateSearch: (
    s: Record<string, unknown>,
  ): { kind?: string | undefined; least?: number | undefined } => ({
    kind: typeof s.kind === 'string' && s.kind !== '' ? s.kind : undefined,
    least: Number(s.least) > 0 ? Number(s.least) : undefined,
  }),
  component: lazyRouteComponent(() => import('./Twins'), 'Twins'),
})

export const twinsRoutes = [list]
