import { queryOptions } from '@tanstack/react-query'
import { caseGet, caseTypes } from '../../api'

export const types = queryOptions({
  queryKey: ['cases', 'types'],
  queryFn: ({ signal }) => caseTypes({ signal }),
  staleTime: 300_000,
})

export const story = (number: number) =>
  queryOptions({
    queryKey: ['cases', number],
    queryFn: ({ signal }) => caseGet({ number }, { signal }),
  })
