/**
 * The engine in the page: what would become of one subject, at each move of a slider, without
 * asking the server. It knows the rules and this subject's facts, and nobody else's: what depends on
 * others (ranks, percentiles) is found out and left to the server, which is asked a moment later
 * for all of it.
 */
import { type Engine, load, type Rules, type Scores } from '#engine'
import address from '#wasm?url'
import type { WhatifChange } from '../../api'
import {
  columnOf,
  type ExplainedFact,
  type Explanation,
  everyFact,
  everyItem,
} from '../../domain/explanation'
import { TRUTH } from './columns.words'
import { figure } from './scenario'

export interface InPage {
  /** Items that are this subject's own: the same whoever else there is, and as the server has them. */
  readonly own: ReadonlySet<string>
  /** What changes of these; undefined: the engine does not take it so (half typed, maybe). */
  whatif(set: readonly string[]): readonly WhatifChange[] | undefined
}

let engine: Promise<Engine> | undefined

/** Undefined: this document, or this tree, cannot be evaluated here. */
export async function inPage(document: string, tree: Explanation): Promise<InPage | undefined> {
  engine ??= load(fetch(address), { memoryMax: 64 << 20 })
  try {
    const rules = (await engine).rules(document)
    const alone = score(rules, tree, false)
    const own = ownItems(alone, score(rules, tree, true), tree)
    return own.size === 0 ? undefined : { own, whatif: (set) => changes(alone, tree, own, set) }
  } catch {
    return undefined
  }
}

/** `beside`: with somebody who has twice as much of everything. */
function score(rules: Rules, tree: Explanation, beside: boolean): Scores {
  const columns: Record<string, (string | null)[]> = {}
  for (const fact of everyFact(tree.items)) {
    const value = cellOf(fact)
    columns[columnOf(fact)] = beside ? [value, twice(value)] : [value]
  }
  return rules.scoreTable(
    { ids: beside ? [tree.id, 'beside'] : [tree.id], columns },
    { asOf: tree.as_of, year: tree.period },
  )
}

/** A fact as a cell in the unit of its field. */
function cellOf(fact: ExplainedFact): string | null {
  if (fact.state !== 'given') return null
  if (fact.value === 'met' || fact.value === 'unmet') return TRUTH[fact.value]
  return figure(fact.text)?.digits ?? fact.text
}

const twice = (value: string | null) =>
  value !== null && /^\d+$/.test(value) ? String(BigInt(value) * 2n + 1n) : value

function ownItems(alone: Scores, beside: Scores, tree: Explanation): Set<string> {
  const same = everyItem(tree.items).filter(({ item, text }) => {
    const shown = alone.shown(tree.id, item)
    return shown === text && shown === beside.shown(tree.id, item)
  })
  return new Set(same.map((one) => one.item))
}

function changes(
  scores: Scores,
  tree: Explanation,
  own: ReadonlySet<string>,
  set: readonly string[],
): WhatifChange[] | undefined {
  try {
    const top = new Set(tree.items.map((one) => one.item))
    return scores
      .whatif(tree.id, [...set])
      .changes.filter((one) => own.has(one.item))
      .map(({ item, before, after }) => ({
        item,
        kind: '',
        top: top.has(item),
        was: before.shown,
        becomes: after.shown,
      }))
  } catch {
    return undefined
  }
}
