/** The tree that `explanation` answers with: geci-explain-1, as `geci explain --json` writes it. */

export interface Range {
  low: string | null
  high: string | null
}

export interface ExplainedFact {
  field: string
  period?: number | string // 2025, 2025Q1
  state: 'given' | 'missing' | 'person' | 'zero' | 'mean' | 'median' | 'carried'
  value: string | Range | null
  text: string
}

export interface Condition {
  result: 'met' | 'unmet' | 'unknown' | 'manual' | 'na'
  depth: number
  text: string
  values: string
}

export interface Row {
  number: number
  tests: string
  result: string
}

export interface Item {
  item: string
  kind: string
  form?: string
  value: string | Range
  text: string
  /** What it brings to the item above. */
  points?: Range
  max?: string | Range
  weight?: string | Range
  unit?: string
  how?: string[]
  conditions?: Condition[]
  facts?: ExplainedFact[]
  rows?: Row[]
  clause?: string
  source?: string
  certainty?: string
  status?: string
  line?: number
  /** Facts without which it stays an interval. */
  missing?: string[]
  /** What had to be passed first, and what the rank is by. */
  pass?: Item[]
  rank?: Item[]
  parts?: Item[]
  uses?: Item[]
}

export interface Explanation {
  format: 'geci-explain-1'
  rules: { name: string; version: string; status: string; sha256: string }
  as_of: string
  period: number
  id: string
  items: Item[]
}

export function isExplanation(tree: unknown): tree is Explanation {
  return typeof tree === 'object' && tree !== null && (tree as Explanation).format === 'geci-explain-1'
}

export const below = (item: Item): readonly Item[] => [
  ...(item.pass ?? []),
  ...(item.rank ?? []),
  ...(item.parts ?? []),
  ...(item.uses ?? []),
]

/** Every item, those above first. */
export function everyItem(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...everyItem(below(item))])
}

/** The way from the top to an item; empty: it is not in the tree. */
export function wayTo(items: readonly Item[], name: string): Item[] {
  for (const item of items) {
    if (item.item === name) return [item]
    const rest = wayTo(below(item), name)
    if (rest.length > 0) return [item, ...rest]
  }
  return []
}

/** `field@2025`, as the API names columns and what-if takes them. */
export const columnOf = (fact: Pick<ExplainedFact, 'field' | 'period'>): string =>
  fact.period === undefined ? fact.field : `${fact.field}@${fact.period}`

/** A column for people to read: `field@2025` is "field · 2025". */
export const inWords = (column: string): string => column.replace('@', ' · ')

/** Every fact that was looked at, each once. */
export function everyFact(items: readonly Item[]): ExplainedFact[] {
  const found = new Map<string, ExplainedFact>()
  for (const item of everyItem(items))
    for (const fact of item.facts ?? []) if (!found.has(columnOf(fact))) found.set(columnOf(fact), fact)
  return [...found.values()]
}

/** The score that is shown by itself: the first one that has parts, else the first. */
export function mainScore(tree: Explanation): Item | undefined {
  const scores = tree.items.filter((item) => item.kind === 'score')
  return scores.find((item) => (item.parts?.length ?? 0) > 0) ?? scores[0]
}

/** Of a cell, one text: "5", "5~8", "met". */
export const written = (cell: string | Range | undefined): string | undefined =>
  cell === undefined || typeof cell === 'string'
    ? cell
    : cell.low === cell.high
      ? (cell.low ?? undefined)
      : `${cell.low ?? ''}~${cell.high ?? ''}`

/** What each part adds to a score, in its order; nothing is added up here. */
export function steps(score: Item): { name: string; low: string; high: string; text: string }[] {
  return (score.parts ?? []).flatMap((part) => {
    const { low, high } =
      part.points ?? (typeof part.value === 'object' ? part.value : { low: null, high: null })
    return low === null || high === null
      ? []
      : [{ name: part.item, low, high, text: low === high ? low : `${low}~${high}` }]
  })
}
