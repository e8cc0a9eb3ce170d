import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { inside, text, whole } from '../../ui'

export const WAYS = ['up', 'down'] as const
/** Who moved: against which run, up or down, where, behind how many. */
export interface MoversSearch {
  against?: number | undefined
  way?: (typeof WAYS)[number] | undefined
  locality?: string | undefined
  after?: number | undefined
}

const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  staticData: { goesBy: () => ['year'] },
  validateSearch: (
    s: Record<string, unknown>,
  ): { kind?: string | undefined; state?: string | undefined; draft?: boolean | undefined } => ({
    kind: text(s.kind),
    state: text(s.state),
    draft: s.draft === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./RunList'), 'RunList'),
})

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$run',
  validateSearch: (s: Record<string, unknown>): { tab?: string | undefined } & MoversSearch => ({
    tab: text(s.tab),
    against: whole(s.against),
    way: WAYS.find((one) => one === s.way),
    locality: s.locality === undefined ? undefined : String(s.locality),
    after: whole(s.after),
  }),
  component: lazyRouteComponent(() => import('./RunPage'), 'RunPage'),
})

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/rules',
  validateSearch: (
    s: Record<string, unknown>,
  ): { q?: string | undefined; kind?: string | undefined; state?: string | undefined } => ({
    q: text(s.q),
    kind: text(s.kind),
    state: text(s.state),
  }),
  component: lazyRouteComponent(() => import('./RuleList'), 'RuleList'),
})

const ruleNew = createRoute({
  getParentRoute: () => inside,
  path: '/rules/new',
  validateSearch: (s: Record<string, unknown>): { from?: number | undefined } => ({ from: whole(s.from) }),
  component: lazyRouteComponent(() => import('./RuleEdit'), 'RuleEdit'),
})

const rule = createRoute({
  getParentRoute: () => inside,
  path: '/rules/$entry',
  validateSearch: (
    s: Record<string, unknown>,
  ): { tab?: string | undefined; with?: number | undefined; line?: number | undefined } => ({
    tab: text(s.tab),
    with: whole(s.with),
    line: whole(s.line),
  }),
  component: lazyRouteComponent(() => import('./RulePage'), 'RulePage'),
})

export const gradingRoutes = [runs, run, rules, ruleNew, rule]
