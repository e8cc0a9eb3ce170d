import { useQueries, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useMay } from '../api'
import { kinds, named } from '../api/queries'

export interface Hit {
  kind: string
  title: string
  identity: string
  name: string
}

/** Subjects of every kind whose name or code has this text. */
export function useHits(q: string): { hits: Hit[]; busy: boolean } {
  const asked = useDeferredValue(q)
  const may = useMay('subject_list')
  const { data } = useQuery(kinds)
  const of = may && asked.trim().length > 1 ? (data?.kinds ?? []) : []
  return useQueries({
    queries: of.map((kind) => named(kind.kind, asked.trim())),
    combine: (answers) => ({
      busy: answers.some((answer) => answer.isPending),
      hits: answers.flatMap((answer, at) =>
        (answer.data?.rows ?? []).map((row) => ({
          kind: of[at]!.kind,
          title: of[at]!.title,
          identity: row.identity,
          name: nameOf(answer.data?.columns ?? [], row.cells) ?? row.identity,
        })),
      ),
    }),
  })
}

/** The first column that is a text is the name, by the order in which kinds show themselves. */
function nameOf(
  columns: { name: string; type: string }[],
  cells: Record<string, string | null>,
): string | null {
  const column = columns.find((one) => one.type === 'text')
  return column ? (cells[column.name] ?? null) : null
}
