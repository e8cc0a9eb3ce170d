import type { Kind, KindFields } from '../../api'
import { pick } from '../../ui'
import type { Place } from '../../ui/places'
import { SYSTEM, t } from './codes.words'
import { ENGLISH } from './english.words'

export type Group = 'option' | 'region' | 'system'

export interface Code {
  code: string
  name: string
  english: string
}

export interface Use {
  kind: string
  title: string
  field: string
  /** Facts of it go by year: what holds now cannot be counted without one. */
  dated: boolean
}

export interface CodeList {
  key: string
  title: string
  group: Group
  note: string
  status: string | undefined
  values: readonly Code[]
  uses: Use[]
}

const optionOf = (value: string): Code => ({ code: value, name: value, english: ENGLISH[value] ?? '' })

/** Fields with the same values, whatever they are called, share a list. */
export function listsOf(
  kinds: readonly Kind[],
  fields: readonly KindFields[],
  places: readonly Place[],
): CodeList[] {
  const found = new Map<string, CodeList>()
  for (const of of fields)
    for (const field of of.fields) {
      const use: Use = { kind: of.kind, title: of.title, field: field.name, dated: field.period !== 'none' }
      const region = field.type === 'region'
      if (!region && field.options.length === 0) continue
      const key = region ? 'regions' : field.options.join(' ')
      const list = found.get(key)
      if (list) {
        list.uses.push(use)
        continue
      }
      found.set(key, {
        key: region ? 'regions' : `${of.kind}.${field.name}`,
        title: region ? t('regions') : field.name,
        group: region ? 'region' : 'option',
        note: region ? t('regionsNote') : field.note,
        status: region ? undefined : kinds.find((one) => one.kind === of.kind)?.status,
        values: region
          ? places.map((one) => ({ code: one.code, name: one.name, english: '' }))
          : field.options.map(optionOf),
        uses: [use],
      })
    }
  return [...found.values(), ...systemLists()]
}

const systemLists = (): CodeList[] =>
  Object.entries(SYSTEM).map(([key, { title, codes }]) => ({
    key: `geci.${key}`,
    title: pick(title),
    group: 'system',
    note: '',
    status: undefined,
    values: Object.entries(codes).map(([code, [name, english]]) => ({ code, name, english })),
    uses: [],
  }))

/** Those that have the text in their title, a value, or a field that uses them. */
export function searched(lists: readonly CodeList[], q: string, group: string | undefined): CodeList[] {
  const text = q.trim().toLowerCase()
  const has = (...words: string[]) => words.some((one) => one.toLowerCase().includes(text))
  return lists.filter(
    (one) =>
      (group === undefined || one.group === group) &&
      (has(one.title) ||
        one.values.some((value) => has(value.code, value.name, value.english)) ||
        one.uses.some((use) => has(use.field, use.title))),
  )
}

/** A line for each value; a spreadsheet reads it. */
export function csvOf(lists: readonly CodeList[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = lists.flatMap((list) =>
    list.values.map((value) => [
      list.title,
      value.code,
      value.name,
      value.english,
      list.uses.map((use) => `${use.title}.${use.field}`).join('; '),
      list.status ?? '',
    ]),
  )
  const head = [t('list'), t('code'), t('name'), t('english'), t('uses'), t('source')]
  return `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
