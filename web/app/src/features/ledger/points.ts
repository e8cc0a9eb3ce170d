/** What a form about points can offer: the items of a run that are figures, and the policies that have money. */
import { useQuery } from '@tanstack/react-query'
import { type KindField, ledgerBalances } from '../../api'
import { kindFields, policies, runs } from '../../api/queries'

export const balances = {
  queryKey: ['ledger', 'balances'],
  queryFn: ({ signal }: { signal: AbortSignal }) => ledgerBalances({ signal }),
}

/** Names of a run's figures. An earlier run's stand there under a longer name: it is the same item. */
function itemsOf(fields: readonly KindField[], run: number | undefined): string[] {
  const figures = fields.filter((one) => one.run !== 0 && one.type === 'number')
  const own = figures.filter((one) => one.run === run)
  const plain = (name: string) =>
    figures.find((one) => one.name !== name && name.endsWith(one.name))?.name ?? name
  return [...new Set((own.length > 0 ? own : figures).map((one) => plain(one.name)))]
}

/** A run with the items that may give points, as options of a select. */
export function useRunItems(run: number | undefined) {
  const book = useQuery(runs)
  const chosen = book.data?.runs.find((one) => one.run === run)
  const fields = useQuery({ ...kindFields(chosen?.kind ?? ''), enabled: chosen !== undefined })
  return {
    chosen,
    busy: fields.isFetching,
    options: itemsOf(fields.data?.fields ?? [], run).map((name) => ({ value: name, label: name })),
  }
}

/** Policies that have a pool of money, by the code that the ledger knows, with the name of the catalogue. */
export function usePolicyLines() {
  const pools = useQuery(balances)
  const catalogue = useQuery(policies)
  const named = new Map((catalogue.data?.policies ?? []).map((one) => [one.code, one.name]))
  const lines = (pools.data?.balances ?? []).filter((one) => one.account === 'pool').map((one) => one.line)
  return [...new Set(lines)].map((line) => ({ value: line, label: [line, named.get(line)].join(' ').trim() }))
}
