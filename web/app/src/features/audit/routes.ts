import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

export interface ActSearch {
  actor?: string | undefined
  verb?: string | undefined
  object?: string | undefined
  since?: string | undefined
  until?: string | undefined
  before?: number | undefined
}

const acts = createRoute({
  getParentRoute: () => inside,
  path: '/acts',
  validateSearch: (s: Record<string, unknown>): ActSearch => ({
    actor: text(s.actor),
    verb: text(s.verb),
    object: s.object === undefined ? undefined : String(s.object),
    since: text(s.since),
    until: text(s.until),
    before: whole(s.before),
  }),
  component: lazyRouteComponent(() => import('./ActList'), 'ActList'),
})

const verify = createRoute({
  getParentRoute: () => inside,
  path: '/acts/verify',
  component: lazyRouteComponent(() => import('./Verify'), 'Verify'),
})

const act = createRoute({
  getParentRoute: () => inside,
  path: '/acts/$act',
  component: lazyRouteComponent(() => import('./ActPage'), 'ActPage'),
})

export const auditRoutes = [acts, verify, act]
