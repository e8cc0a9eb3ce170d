/** What several features ask for, each question in one place. Names of keys: noun first. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import {
  caseTasks,
  caseTypes,
  cockpitKinds,
  cockpitMovers,
  entitlementList,
  explain,
  kindGet,
  kindList,
  ledgerFunds,
  noticeList,
  policyList,
  runGet,
  runList,
  subjectGet,
  subjectHistory,
  subjectList,
  subjectPeers,
  viewList,
} from './generated'

export const kinds = queryOptions({
  queryKey: ['kinds'],
  queryFn: ({ signal }) => kindList({ signal }),
  staleTime: 300_000,
})

export const kindFields = (kind: string) =>
  queryOptions({
    queryKey: ['kinds', kind],
    queryFn: ({ signal }) => kindGet({ kind }, { signal }),
    staleTime: 300_000,
  })

export const runs = queryOptions({ queryKey: ['runs'], queryFn: ({ signal }) => runList({ signal }) })

/** Where the rules of these runs are from, each status once; '': not stated, or the run is not seen from here. */
export function useRunStatus(of: readonly number[]): string[] {
  const { data } = useQuery(runs)
  const said = (run: number) => data?.runs.find((one) => one.run === run)?.status ?? ''
  return data ? [...new Set(of.map(said))] : []
}

export const run = (number: number) =>
  queryOptions({ queryKey: ['runs', number], queryFn: ({ signal }) => runGet({ run: number }, { signal }) })

export const notices = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => noticeList({}, { signal }),
  refetchInterval: 60_000,
})

/** What waits for the one who is here. */
export const tasks = queryOptions({
  queryKey: ['cases', 'tasks'],
  queryFn: ({ signal }) => caseTasks({ signal }),
})

export const views = queryOptions({ queryKey: ['views'], queryFn: ({ signal }) => viewList({ signal }) })

/** Names that begin with or contain some text, of one kind. */
export const named = (kind: string, q: string) =>
  queryOptions({
    queryKey: ['subjects', kind, 'named', q],
    queryFn: ({ signal }) => subjectList({ kind, q, limit: 5 }, { signal }),
    enabled: q.trim().length > 1,
  })

/** The title of a kind; its own name until it is known. */
export function useKind(kind: string): { title: string } {
  const { data } = useQuery(kinds)
  return { title: data?.kinds.find((one) => one.kind === kind)?.title ?? kind }
}

export const subject = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['subjects', kind, 'one', id],
    queryFn: ({ signal }) => subjectGet({ kind, id }, { signal }),
  })

/** Where a figure stands among all of the kind, or those with the same value of the field `by`. */
export const peers = (kind: string, id: string, field: string, by: string | undefined) =>
  queryOptions({
    queryKey: ['subjects', kind, 'peers', id, field, by],
    queryFn: ({ signal }) => subjectPeers({ kind, id, field, by: by ? [by] : null }, { signal }),
    retry: false,
  })

/** `lang`: of what is read by people; what-ifs take figures as the Chinese tree writes them. */
export const explanation = (number: number, id: string, lang: 'zh' | 'en' = 'zh') =>
  queryOptions({
    queryKey: ['runs', number, 'explanation', id, lang],
    queryFn: ({ signal }) => explain({ run: number, id, lang }, { signal }),
    staleTime: 600_000,
  })

export const history = (kind: string, id: string, field?: string) =>
  queryOptions({
    queryKey: ['subjects', kind, 'history', id, field],
    queryFn: ({ signal }) => subjectHistory({ kind, id, field: field ?? null }, { signal }),
  })

/** Figures on a wall follow the county by themselves. */
export const EVERY = { refetchInterval: 120_000, retry: 3 }

/** What budgets and pools were given, what of it is gone, what is left. */
export const funds = queryOptions({
  queryKey: ['ledger', 'funds'],
  queryFn: ({ signal }) => ledgerFunds({ signal }),
  ...EVERY,
})

/** Each kind, and what its newest runs came to. */
export const glance = queryOptions({
  queryKey: ['cockpit', 'kinds'],
  queryFn: ({ signal }) => cockpitKinds({ signal }),
  ...EVERY,
})

/** Who moved: a run that is not published beside the one in force, else that one beside the one before. */
export const movers = (kind: string) =>
  queryOptions({
    queryKey: ['cockpit', 'movers', kind],
    queryFn: ({ signal }) => cockpitMovers({ kind, most: 5 }, { signal }),
    ...EVERY,
  })

/** What policies would give a subject today; `lang`: of the words in it. */
export const entitlements = (kind: string, id: string, lang: 'zh' | 'en' = 'zh') =>
  queryOptions({
    queryKey: ['entitlements', kind, id, undefined, lang],
    queryFn: ({ signal }) => entitlementList({ kind, id, lang }, { signal }),
  })

/** Which cases there are, and which one may open. */
export const typesOfCases = queryOptions({
  queryKey: ['cases', 'types'],
  queryFn: ({ signal }) => caseTypes({ signal }),
  staleTime: 300_000,
})

export const policies = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => policyList({}, { signal }),
  staleTime: 300_000,
})

/** The name of a policy by its code, or the code. */
export function usePolicyName(): (code: string) => string {
  const { data } = useQuery(policies)
  return (code) => data?.policies.find((one) => one.code === code)?.name ?? code
}
