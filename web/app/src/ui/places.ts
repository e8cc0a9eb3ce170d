import { useQuery } from '@tanstack/react-query'
import { subjectList, useMay } from '../api'
import { kinds } from '../api/queries'
import { kindId } from './kinds'

export interface Place {
  code: string
  name: string
}

/** The localities that the caller sees, by code; empty where they see none. */
export function usePlaces(): readonly Place[] {
  const may = useMay('subject_list')
  const { data: all } = useQuery(kinds)
  const kind = all?.kinds.find((one) => kindId(one.kind) === 'locality')?.kind
  const { data } = useQuery({
    queryKey: ['subjects', kind, 'places'],
    queryFn: ({ signal }) => subjectList({ kind: kind!, limit: 500 }, { signal }),
    enabled: may && kind !== undefined,
    staleTime: 600_000,
  })
  const column = data?.columns.find((one) => one.type === 'text')?.name
  return (data?.rows ?? []).map((row) => ({
    code: row.identity,
    name: (column ? row.cells[column] : null) ?? row.identity,
  }))
}

/** The name of a locality by its code, or the code. */
export function usePlaceName(): (code: string) => string {
  const places = usePlaces()
  return (code) => places.find((one) => one.code === code)?.name ?? code
}
