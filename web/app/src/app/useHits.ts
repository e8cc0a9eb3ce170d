import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { type Hit as Found, search, useMay } from '../api'
import { kinds } from '../api/queries'

export interface Hit extends Found {
  title: string
}

/** Found by half of what was typed and more: names, former ones, pinyin, codes with a slip. */
const HALF = 500

/** Subjects of every kind that what is typed may mean, best first. */
export function useHits(q: string): { hits: Hit[]; busy: boolean } {
  const asked = useDeferredValue(q).trim()
  const may = useMay('search')
  const { data: known } = useQuery(kinds)
  const { data, isFetching } = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search({ q: asked, limit: 12 }, { signal }),
    enabled: may && asked.length > 1,
    placeholderData: keepPreviousData,
  })
  const hits = asked.length > 1 ? (data?.hits ?? []).filter((one) => one.score >= HALF) : []
  const title = (kind: string) => known?.kinds.find((one) => one.kind === kind)?.title ?? kind
  return { busy: isFetching, hits: hits.map((one) => ({ ...one, title: title(one.kind) })) }
}
