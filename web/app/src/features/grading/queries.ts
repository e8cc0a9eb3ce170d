import { queryOptions } from '@tanstack/react-query'
import { ruleCheck, ruleGet, ruleList, runReceipt } from '../../api'

export const rules = queryOptions({ queryKey: ['rules'], queryFn: ({ signal }) => ruleList({ signal }) })

export const rule = (entry: number) =>
  queryOptions({ queryKey: ['rules', entry], queryFn: ({ signal }) => ruleGet({ entry }, { signal }) })

/** What the compiler says of a text. Kept by the text itself: the same text has the same answer. */
export const checked = (text: string) =>
  queryOptions({
    queryKey: ['rules', 'check', text],
    queryFn: ({ signal }) => ruleCheck({ text }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    enabled: text.trim() !== '',
    placeholderData: (before) => before,
  })

export const receipt = (run: number, id: string) =>
  queryOptions({
    queryKey: ['runs', run, 'receipt', id],
    queryFn: ({ signal }) => runReceipt({ run, id }, { signal }),
  })
