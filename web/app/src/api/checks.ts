import { queryOptions } from '@tanstack/react-query'
import { factChecks } from './generated'

/** What subjects reported of themselves and nobody looked at yet, and what was sent back; all, or of a locality. */
export const checks = (locality?: string) =>
  queryOptions({
    queryKey: ['checks', locality],
    queryFn: ({ signal }) => factChecks({ locality: locality ?? null }, { signal }),
  })
