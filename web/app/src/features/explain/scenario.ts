import { columnOf, type ExplainedFact } from '../../domain/explanation'

/** "field@2025=500" taken apart. */
export function supposed(set: readonly string[]): Map<string, string> {
  return new Map(
    set.map((one) => {
      const at = one.indexOf('=')
      return [one.slice(0, at), one.slice(at + 1)]
    }),
  )
}

/** The scenario with one fact supposed otherwise; undefined: as it is. */
export function supposing(set: readonly string[], column: string, value: string | undefined): string[] {
  const others = set.filter((one) => !one.startsWith(`${column}=`))
  return value === undefined ? others : [...others, `${column}=${value}`]
}

export interface Figure {
  digits: string
  unit: string
}

/** "351.52万元" -> 351.52 and its unit; undefined where it is no figure. */
export function figure(text: string): Figure | undefined {
  const found = /^(-?\d+(?:\.\d+)?)(\D*)$/.exec(text)
  return found ? { digits: found[1]!, unit: found[2]! } : undefined
}

/** How far a slider goes: three times what is, and at least to ten; in steps of its last digit. */
export function sliderOf(digits: string): { max: number; step: number } {
  const decimals = digits.split('.')[1]?.length ?? 0
  const at = Math.abs(Number(digits))
  const max = Math.max(10, Number((at * 3).toPrecision(2)))
  return { max, step: decimals === 0 ? Math.max(1, Math.round(max / 200)) : max / 1000 }
}

/** What a slider says, as a decimal text that does not carry binary dust. */
export const fromSlider = (at: number): string => String(Number(at.toPrecision(12)))

export const kindOfFact = (fact: ExplainedFact): 'figure' | 'truth' | 'text' =>
  fact.value === 'met' || fact.value === 'unmet'
    ? 'truth'
    : typeof fact.value === 'object' && fact.value !== null
      ? 'figure'
      : 'text'

export const matches = (fact: ExplainedFact, words: string): boolean =>
  columnOf(fact).toLowerCase().includes(words.trim().toLowerCase())

/** Figures of the period first, then what has no period, then the years before: as one would try them. */
export function inOrder(facts: readonly ExplainedFact[], period: number): ExplainedFact[] {
  const place = (fact: ExplainedFact) =>
    (kindOfFact(fact) === 'figure' ? 0 : 3) + (fact.period === period ? 0 : fact.period === undefined ? 1 : 2)
  return facts.toSorted((a, b) => place(a) - place(b))
}
