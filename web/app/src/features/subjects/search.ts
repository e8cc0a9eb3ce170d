import type { QueryTerm, SubjectQuery } from '../../api'
import { type ListSearch, listSearch } from '../../ui'

/** A condition in the address: field, comparison, values. */
export type Condition = readonly [field: string, op: QueryTerm['op'], ...values: string[]]

/** A question about subjects, as it stands in the address and in views that are kept. */
export interface SubjectSearch extends ListSearch {
  when?: Condition[] | undefined
  where?: string | undefined
  undecided?: boolean | undefined
}

const OPS: readonly string[] = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'between',
  'contains',
  'starts',
  'missing',
  'present',
]

function conditions(given: unknown): Condition[] | undefined {
  if (!Array.isArray(given)) return undefined
  const sound = given.filter(
    (one): one is Condition => Array.isArray(one) && one.length >= 2 && OPS.includes(String(one[1])),
  )
  return sound.length > 0 ? sound.map((one) => one.map(String) as unknown as Condition) : undefined
}

export const subjectSearch = (search: Record<string, unknown>): SubjectSearch => ({
  ...listSearch(search),
  when: conditions(search.when),
  where: typeof search.where === 'string' && search.where ? search.where : undefined,
  undecided: search.undecided === true ? true : undefined,
})

/** What the server is asked; where one is (year, locality) goes along. */
export function questionOf(
  search: SubjectSearch,
  place: { year?: number | undefined; at?: string | undefined; field?: string | undefined },
): SubjectQuery {
  const terms: QueryTerm[] = (search.when ?? []).map(([field, op, ...values]) => ({ field, op, values }))
  if (place.at && place.field) terms.push({ field: place.field, op: 'eq', values: [place.at] })
  return {
    ...(search.q && { q: search.q }),
    ...(search.where && { where: search.where }),
    ...(search.undecided && { undecided: true }),
    ...(terms.length > 0 && { terms }),
    ...(place.year && { period: place.year }),
  }
}

/** The conditions with those on `field` replaced; no values: taken away. */
export function withCondition(
  when: Condition[] | undefined,
  field: string,
  op: QueryTerm['op'],
  values: readonly string[],
): Condition[] | undefined {
  const others = (when ?? []).filter((one) => one[0] !== field)
  const all = values.length > 0 ? [...others, [field, op, ...values] as Condition] : others
  return all.length > 0 ? all : undefined
}

export const isAsking = (search: SubjectSearch): boolean =>
  Boolean(search.q || search.when || search.where || search.undecided)
