import { queryOptions } from '@tanstack/react-query'
import {
  cockpitKinds,
  cockpitMap,
  cockpitMatrix,
  cockpitMoney,
  cockpitMovers,
  cockpitPanels,
  cockpitTargets,
} from '../../api'

/** Figures on a wall follow the county by themselves. */
const EVERY = { refetchInterval: 120_000, retry: 3 }

export const glance = queryOptions({
  queryKey: ['cockpit', 'kinds'],
  queryFn: ({ signal }) => cockpitKinds({ signal }),
  ...EVERY,
})
export const targets = queryOptions({
  queryKey: ['cockpit', 'targets'],
  queryFn: ({ signal }) => cockpitTargets({ signal }),
  ...EVERY,
})
export const panels = queryOptions({
  queryKey: ['cockpit', 'panels'],
  queryFn: ({ signal }) => cockpitPanels({ signal }),
  ...EVERY,
})
export const matrix = (kind: string, figure: string | undefined) =>
  queryOptions({
    queryKey: ['cockpit', 'matrix', kind, figure],
    queryFn: ({ signal }) => cockpitMatrix({ kind, ...(figure && { figure }) }, { signal }),
    ...EVERY,
  })
export const map = (kind: string) =>
  queryOptions({
    queryKey: ['cockpit', 'map', kind],
    queryFn: ({ signal }) => cockpitMap({ kind }, { signal }),
    ...EVERY,
  })
export const movers = (kind: string) =>
  queryOptions({
    queryKey: ['cockpit', 'movers', kind],
    queryFn: ({ signal }) => cockpitMovers({ kind, most: 5 }, { signal }),
    ...EVERY,
  })
export const money = queryOptions({
  queryKey: ['cockpit', 'money'],
  queryFn: ({ signal }) => cockpitMoney({ signal }),
  ...EVERY,
})
