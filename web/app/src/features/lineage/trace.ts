import type { LedgerLine } from '../../api'
import { columnOf, type ExplainedFact, everyItem, type Item } from '../../domain/explanation'

/** The item that a column of results shows: it may stand behind a word for which run it is of. */
export const itemOf = (items: readonly Item[], column: string): Item | undefined =>
  everyItem(items)
    .filter((one) => column.endsWith(one.item))
    .sort((a, b) => b.item.length - a.item.length)[0]

/** Where a run looked at the fact: as what it counted, and the items that name it; undefined: nowhere. */
export function lookedAt(
  items: readonly Item[],
  column: string,
): { fact: ExplainedFact; items: string[] } | undefined {
  const naming = everyItem(items).filter((one) => one.facts?.some((fact) => columnOf(fact) === column))
  const fact = naming[0]?.facts?.find((one) => columnOf(one) === column)
  return fact && { fact, items: [...new Set(naming.map((one) => one.item))] }
}

/** What was posted on the receipt, and what became of those points and that money. */
export function postedOn(lines: readonly LedgerLine[], receipt: string): { line: LedgerLine; on: boolean }[] {
  const first = lines.filter((one) => one.receipt === receipt)
  const same = (a: LedgerLine, b: LedgerLine) => a.policy === b.policy && a.year === b.year
  return lines
    .map((line) => ({ line, on: line.receipt === receipt }))
    .filter(({ line, on }) => on || (line.receipt === '' && first.some((one) => same(one, line))))
}
