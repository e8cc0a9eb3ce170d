import { expect, it } from 'vitest'
import { columnOf, type ExplainedFact, everyFact, everyItem, type Item, steps, wayTo } from './explanation'

const fact: ExplainedFact = {
  field: 'cost',
  period: 2025,
  state: 'given',
  value: { low: '1', high: '1' },
  text: '1',
}
const leaf: Item = {
  item: 'leaf',
  kind: 'score',
  value: { low: '1', high: '2' },
  text: '1~2',
  points: { low: '0.5', high: '1' },
  facts: [fact, { ...fact, period: 2024 }],
}
const top: Item = {
  item: 'top',
  kind: 'score',
  value: 'x',
  text: 'x',
  parts: [leaf],
  uses: [{ ...leaf, item: 'used' }],
}

it('finds items, the way to them, and each fact once', () => {
  expect(everyItem([top]).map((one) => one.item)).toEqual(['top', 'leaf', 'used'])
  expect(wayTo([top], 'used').map((one) => one.item)).toEqual(['top', 'used'])
  expect(wayTo([top], 'none')).toEqual([])
  expect(everyFact([top]).map(columnOf)).toEqual(['cost@2025', 'cost@2024'])
})

it('takes what a part brings, not what it is', () => {
  expect(steps(top)).toEqual([{ name: 'leaf', low: '0.5', high: '1', text: '0.5~1' }])
})
