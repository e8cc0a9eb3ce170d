import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text } from '../../ui'

const kindAsked = (s: Record<string, unknown>): { with?: string | undefined } => ({
  with: text(s.with),
})

const subject = createRoute({
  getParentRoute: () => inside,
  path: '/matches/$kind/$id',
  validateSearch: kindAsked,
  component: lazyRouteComponent(() => import('./Matches'), 'SubjectMatches'),
})

const oneCase = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$number/matches',
  validateSearch: kindAsked,
  component: lazyRouteComponent(() => import('./Matches'), 'CaseMatches'),
})

const own = createRoute({
  getParentRoute: () => inside,
  path: '/calls',
  component: lazyRouteComponent(() => import('./Calls'), 'Calls'),
})

const rounds = createRoute({
  getParentRoute: () => inside,
  path: '/rounds',
  component: lazyRouteComponent(() => import('./Rounds'), 'Rounds'),
})

type Tried = {
  each?: number | undefined
  places?: number | undefined
  floor?: number | undefined
  split?: 'whole' | 'place' | 'chain' | undefined
}

const figure = (v: unknown) => (typeof v === 'number' && Number.isInteger(v) && v >= 0 ? v : undefined)

const round = createRoute({
  getParentRoute: () => inside,
  path: '/rounds/$number',
  validateSearch: (s: Record<string, unknown>): Tried => ({
    each: figure(s.each),
    places: figure(s.places),
    floor: figure(s.floor),
    split: s.split === 'whole' || s.split === 'place' || s.split === 'chain' ? s.split : undefined,
  }),
  component: lazyRouteComponent(() => import('./Round'), 'Round'),
})

export const needsRoutes = [subject, oneCase, own, rounds, round]
