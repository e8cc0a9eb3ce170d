import { QueryClient } from '@tanstack/react-query'
import { Problem } from './problem'

/** What was read is good for half a minute; only what is worth asking again is asked again. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (times, cause) => times < 2 && cause instanceof Problem && cause.passing,
      retryDelay: (times, cause) =>
        cause instanceof Problem && cause.after > 0 ? cause.after * 1000 : 500 * 2 ** times,
    },
  },
})
