import { useQuery } from '@tanstack/react-query'
import type { KindField } from '../../api'
import { kindFields } from '../../api/queries'

export interface KindParts {
  fields: readonly KindField[]
  role: (role: KindField['role']) => KindField | undefined
  results: readonly KindField[]
}

/** What of a kind's dictionary is the caller's to see, and the parts of it that screens look for. */
export function useKindFields(kind: string): KindParts | undefined {
  const { data } = useQuery(kindFields(kind))
  if (!data) return undefined
  const fields = data.fields.filter((one) => one.shown)
  return {
    fields,
    role: (role) => fields.find((one) => one.role === role),
    results: fields.filter((one) => one.run !== 0),
  }
}

/** Grades first: they are what decides; then figures. */
export const byWeight = (results: readonly KindField[]): KindField[] => [
  ...results.filter((one) => one.type === 'choice'),
  ...results.filter((one) => one.type !== 'choice'),
]

/** Columns of a list that nobody chose columns for. */
export const firstColumns = (parts: KindParts): string[] =>
  [
    parts.role('name') ?? parts.role('id'),
    parts.role('locality'),
    parts.role('chain'),
    parts.role('standing'),
    ...byWeight(parts.results).slice(0, 5),
  ].flatMap((one) => (one ? [one.name] : []))

/** What may be reported: of yearly fields this year and the two before. */
export function columnsToReport({ fields }: KindParts): string[] {
  const year = new Date().getFullYear()
  return fields
    .filter((one) => one.run === 0 && one.role !== 'id')
    .flatMap((one) =>
      one.period === 'year'
        ? [year, year - 1, year - 2].map((at) => `${one.name}@${at}`)
        : one.period === 'none'
          ? [one.name]
          : [],
    )
}
