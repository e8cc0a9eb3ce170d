import { useQuery } from '@tanstack/react-query'
import { type CockpitPlace, publicPlaces, subjectList, useMay } from '../api'
import { kinds } from '../api/queries'
import { kindId } from './kinds'

export type Place = CockpitPlace

/** The county's localities, by code: as its pack names them, else those on record that the caller sees. */
export function usePlaces(): readonly Place[] {
  const may = useMay('subject_list')
  const { data: all } = useQuery(kinds)
  const { data: named } = useQuery({
    queryKey: ['public', 'places'],
    queryFn: ({ signal }) => publicPlaces({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const kind = all?.kinds.find((one) => kindId(one.kind) === 'locality')?.kind
  const { data } = useQuery({
    queryKey: ['subjects', kind, 'places'],
    queryFn: ({ signal }) => subjectList({ kind: kind!, limit: 500 }, { signal }),
    enabled: may && kind !== undefined && named?.places.length === 0,
    staleTime: 600_000,
  })
  const column = data?.columns.find((one) => one.type === 'text')?.name
  return (
    data?.rows.map((row) => ({
      code: row.identity,
      name: (column ? row.cells[column] : null) ?? row.identity,
    })) ??
    named?.places ??
    []
  )
}

/** The name of a locality by its code, or the code. */
export function usePlaceName(): (code: string) => string {
  const places = usePlaces()
  return (code) => places.find((one) => one.code === code)?.name ?? code
}
