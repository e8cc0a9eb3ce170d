/** The roots under which features hang their routes. The app gives them their looks. */
import { createRootRoute, createRoute, redirect, retainSearchParams } from '@tanstack/react-router'
import { client, session } from '../api'

/** Chosen once and kept from screen to screen: the year, and the locality that is looked at. */
export interface Where {
  year?: number | undefined
  at?: string | undefined
}

type WherePart = keyof Where

/** What of that a screen goes by; by default nothing, and then nothing is offered. */
export type GoesBy = (search: Where & { tab?: unknown }) => readonly WherePart[]

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    goesBy?: GoesBy
  }
}

export const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Where => ({
    year: Number(search.year) > 1900 ? Number(search.year) : undefined,
    at: typeof search.at === 'string' || typeof search.at === 'number' ? String(search.at) : undefined,
  }),
  search: { middlewares: [retainSearchParams(['year', 'at'])] },
})

/** Screens of those who are signed in, inside the shell. */
export const inside = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const me = await client.ensureQueryData(session)
    if (me.account === 0) throw redirect({ to: '/login', search: { next: location.href } })
    if (me.must_change) throw redirect({ to: '/password' })
  },
})

/** Screens for anybody, without the shell: public pages, the big screen, signing in. */
export const outside = createRoute({ getParentRoute: () => rootRoute, id: 'outside' })
