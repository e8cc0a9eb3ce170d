/** How fields of a kind are compared: what may be asked of each type, and what is written for a figure. */

export type Op =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'in'
  | 'between'
  | 'contains'
  | 'starts'
  | 'missing'
  | 'present'

const OPS: Record<string, readonly Op[]> = {
  number: ['ge', 'le', 'gt', 'lt', 'eq', 'between', 'missing', 'present'],
  day: ['ge', 'le', 'eq', 'missing', 'present'],
  choice: ['eq', 'ne', 'missing', 'present'],
  truth: ['eq', 'missing', 'present'],
  text: ['contains', 'starts', 'eq', 'missing', 'present'],
}

export const opsOf = (type: string | undefined): readonly Op[] => OPS[type ?? 'text'] ?? OPS.text!

/** How many values a comparison needs. */
export const valuesOf = (op: Op): number =>
  op === 'missing' || op === 'present' ? 0 : op === 'between' ? 2 : 1

interface Typed {
  type: string
  unit: string
}

/** 500 of a field in 10,000 yuan means 500 of these. */
export const withUnit = (value: string, field: Typed | undefined): string =>
  field?.type === 'number' && field.unit && /^-?[\d.]+$/.test(value) ? value + field.unit : value
