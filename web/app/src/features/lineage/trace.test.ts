import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../api'
import type { Item } from '../../domain/explanation'
import { itemOf, lookedAt, postedOn } from './trace'

const ITEMS: Item[] = [
  {
    item: '积分',
    kind: 'score',
    value: '8',
    text: '8',
    parts: [
      {
        item: '研发强度',
        kind: 'score',
        value: '5',
        text: '5',
        facts: [{ field: '研发费用', period: 2025, state: 'given', value: '7', text: '7万元' }],
      },
    ],
  },
]
const line = (operation: string, receipt: string, year = 2025, policy = 'p22') =>
  ({ operation, receipt, year, policy }) as LedgerLine

describe('lineage', () => {
  it('knows the item of a column of results', () => {
    expect(itemOf(ITEMS, '上次积分')?.item).toBe('积分')
    expect(itemOf(ITEMS, '名次')).toBeUndefined()
  })
  it('knows the items that looked at a fact of a year, and no other year', () => {
    expect(lookedAt(ITEMS, '研发费用@2025')?.items).toEqual(['研发强度'])
    expect(lookedAt(ITEMS, '研发费用@2024')).toBeUndefined()
  })
  it('follows a receipt to what became of it, not of another year or policy', () => {
    const lines = [
      line('1', '4/A'),
      line('2', ''),
      line('3', '', 2024),
      line('4', '2/A', 2024),
      line('5', '', 2025, 'p9'),
    ]
    expect(postedOn(lines, '4/A').map((one) => [one.line.operation, one.on])).toEqual([
      ['1', true],
      ['2', false],
    ])
    expect(postedOn(lines, '9/A')).toEqual([])
  })
})
