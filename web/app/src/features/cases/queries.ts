import { queryOptions } from '@tanstack/react-query'
import { caseGet } from '../../api'

export const story = (number: number) =>
  queryOptions({
    queryKey: ['cases', number],
    queryFn: ({ signal }) => caseGet({ number }, { signal }),
  })
