import { queryOptions } from '@tanstack/react-query'
import { cockpitMap, cockpitMatrix, cockpitMoney, cockpitPanels, cockpitTargets } from '../../api'
import { EVERY } from '../../api/queries'

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
export const money = queryOptions({
  queryKey: ['cockpit', 'money'],
  queryFn: ({ signal }) => cockpitMoney({ signal }),
  ...EVERY,
})
