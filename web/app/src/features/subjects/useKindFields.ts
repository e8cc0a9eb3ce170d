import { useQuery } from '@tanstack/react-query'
import type { KindField } from '../../api'
import { kindFields } from '../../api/queries'

export interface KindParts {
  fields: readonly KindField[]
  role: (role: KindField['role']) => KindField | undefined
  results: readonly KindField[]
}

/** The dictionary of a kind, and the parts of it that screens look for. */
export function useKindFields(kind: string): KindParts | undefined {
  const { data } = useQuery(kindFields(kind))
  if (!data) return undefined
  return {
    fields: data.fields,
    role: (role) => data.fields.find((one) => one.role === role),
    results: data.fields.filter((one) => one.run !== 0),
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
    parts.role('name'),
    parts.role('locality'),
    parts.role('chain'),
    parts.role('standing'),
    ...byWeight(parts.results).slice(0, 5),
  ].flatMap((one) => (one ? [one.name] : []))
