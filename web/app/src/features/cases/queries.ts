import { queryOptions } from '@tanstack/react-query'
import { caseGet, caseTasks, caseTypes } from '../../api'

export const types = queryOptions({
  queryKey: ['cases', 'types'],
  queryFn: ({ signal }) => caseTypes({ signal }),
  staleTime: 300_000,
})

export const tasks = queryOptions({
  queryKey: ['cases', 'tasks'],
  queryFn: ({ signal }) => caseTasks({ signal }),
})

export const story = (number: number) =>
  queryOptions({
    queryKey: ['cases', number],
    queryFn: ({ signal }) => caseGet({ number }, { signal }),
  })
