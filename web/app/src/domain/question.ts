/**
 * Conditions in groups, as somebody puts them together, written in the language of rules: the server reads nothing else.
 * In an address: ["all", [field, op, value…], ["not", ["any", …]]].
 */
import { type Op, valuesOf } from './comparisons'

export interface Test {
  field: string
  op: Op
  values: readonly string[]
}
export interface Group {
  join: 'all' | 'any'
  not: boolean
  of: readonly (Test | Group)[]
}

export const EMPTY: Group = { join: 'all', not: false, of: [] }
export const isGroup = (one: Test | Group): one is Group => 'join' in one

const DEEPEST = 4
const OPS = 'eq ne lt le gt ge in between starts missing present'.split(' ')

/** What an address holds; undefined: nothing that is sound. */
export function groupOf(given: unknown, depth = 0): Group | undefined {
  if (!Array.isArray(given) || depth > DEEPEST) return undefined
  const [head, ...rest] = given as unknown[]
  if (head === 'not') {
    const inner = groupOf(rest[0], depth)
    return inner && { ...inner, not: true }
  }
  if (head !== 'all' && head !== 'any') return undefined
  const of = rest.flatMap((one) => {
    const part = groupOf(one, depth + 1) ?? testOf(one)
    return part ? [part] : []
  })
  return { join: head, not: false, of }
}

function testOf(given: unknown): Test | undefined {
  if (!Array.isArray(given) || given.length < 2 || !OPS.includes(String(given[1]))) return undefined
  const [field, op, ...values] = given.map(String)
  return { field: field!, op: op as Op, values }
}

export function addressOf(group: Group): unknown[] {
  const plain = [
    group.join,
    ...group.of.map((one) => (isGroup(one) ? addressOf(one) : [one.field, one.op, ...one.values])),
  ]
  return group.not ? ['not', plain] : plain
}

const SIGNS: Partial<Record<Op, string>> = { eq: '=', ne: '≠', lt: '<', le: '≤', gt: '>', ge: '≥' }

/** The keywords of the language: it has them in Chinese and in English. */
export type Keywords = Record<'and' | 'or' | 'not' | 'in' | 'missing' | 'starts' | 'yes' | 'no', string>

/** What is not written to its end counts nowhere: ''. `typeOf`: of a field by its name. */
export function conditionOf(
  group: Group,
  typeOf: (field: string) => string | undefined,
  say: Keywords,
): string {
  const parts = group.of
    .map((one) =>
      isGroup(one)
        ? bracketed(conditionOf(one, typeOf, say), say)
        : conditionOfTest(one, typeOf(nameOf(one.field)), say),
    )
    .filter(Boolean)
  const joined = parts.join(` ${group.join === 'all' ? say.and : say.or} `)
  return group.not && joined ? `${say.not} (${joined})` : joined
}

const bracketed = (text: string, say: Keywords) =>
  text === '' || text.startsWith(`${say.not} (`) ? text : `(${text})`

/** 研发费用@2025 -> 研发费用 */
export const nameOf = (field: string): string => field.replace(/@\d{4}$/, '')

function conditionOfTest({ field, op, values }: Test, type: string | undefined, say: Keywords): string {
  if (!type || values.length < valuesOf(op)) return ''
  const name = nameOf(field)
  const of = `「${name}」${field.slice(name.length)}`
  const said = values.map((one) => constantOf(one.trim(), type, say))
  if (said.some((one) => one === '')) return ''
  switch (op) {
    case 'missing':
      return `${say.missing}(${of})`
    case 'present':
      return `${say.not} ${say.missing}(${of})`
    case 'between':
      return `(${of} ≥ ${said[0]} ${say.and} ${of} ≤ ${said[1]})`
    case 'starts':
      return `${say.starts}(${of}, ${said[0]})`
    case 'in':
      return said.length > 0 ? `${of} ${say.in} (${said.join('; ')})` : ''
    default:
      return `${of} ${SIGNS[op]} ${said[0]}`
  }
}

const FORMS: Record<string, RegExp> = {
  number: /^-?\d+(\.\d+)?\s*[\p{L}%‰/²³]*$/u,
  day: /^\d{4}-\d{2}-\d{2}$/,
}

/** As the language writes it; '' where it cannot be. Texts are quoted, so that nothing in them is read. */
function constantOf(value: string, type: string, say: Keywords): string {
  if (type === 'truth') return value === 'yes' || value === 'no' ? say[value] : ''
  const form = FORMS[type]
  if (form) return form.test(value) ? value : ''
  if (value === '' || /[\n\r]/.test(value)) return ''
  if (!value.includes('"')) return `"${value}"`
  return /[“”]/.test(value) ? '' : `“${value}”`
}
