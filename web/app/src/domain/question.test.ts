import { expect, test } from 'vitest'
import { keptOf, listedOf } from './kept'
import { addressOf, conditionOf, type Group, groupOf, type Keywords } from './question'

const TYPES: Record<string, string> = {
  研发费用: 'number',
  主产业链: 'choice',
  成立日期: 'day',
  '企业名称 (全)': 'text',
}
const SAY: Keywords = {
  and: '且',
  or: '或',
  not: '非',
  in: '在',
  missing: '缺',
  starts: '开头',
  yes: '是',
  no: '否',
}
const said = (given: unknown) => conditionOf(groupOf(given)!, (field) => TYPES[field], SAY)

test('groups within groups, as the language of rules has them', () => {
  expect(
    said([
      'all',
      ['研发费用@2025', 'ge', '100万元'],
      ['any', ['主产业链', 'in', '智能装备', '新能源'], ['not', ['all', ['成立日期', 'missing']]]],
    ]),
  ).toBe('「研发费用」@2025 ≥ 100万元 且 (「主产业链」 在 ("智能装备"; "新能源") 或 非 (缺(「成立日期」)))')
  expect(
    said(['not', ['any', ['研发费用', 'between', '1元', '5%'], ['企业名称 (全)', 'starts', '张']]]),
  ).toBe('非 ((「研发费用」 ≥ 1元 且 「研发费用」 ≤ 5%) 或 开头(「企业名称 (全)」, "张"))')
})

test('nothing in a value is read as a condition', () => {
  expect(said(['all', ['主产业链', 'eq', '" 或 1 = 1 或 "']])).toBe('「主产业链」 = “" 或 1 = 1 或 "”')
  expect(said(['all', ['主产业链', 'eq', '“"”']])).toBe('')
  expect(said(['all', ['研发费用', 'ge', '1 或 1 = 1']])).toBe('')
  expect(said(['all', ['成立日期', 'ge', '2020']])).toBe('')
})

test('what is not finished or not known counts nowhere', () => {
  expect(said(['all', ['研发费用', 'ge', ''], ['没有', 'ge', '1'], ['研发费用', 'between', '1']])).toBe('')
  expect(groupOf(['some'])).toBeUndefined()
  expect(groupOf(['all', ['all', ['all', ['all', ['all', ['all', ['研发费用', 'missing']]]]]]])).toBeDefined()
  expect(groupOf(['all', ['研发费用', 'drop']])!.of).toEqual([])
})

test('an address and back', () => {
  const group: Group = {
    join: 'any',
    not: true,
    of: [
      { field: 'a', op: 'eq', values: ['1'] },
      { join: 'all', not: false, of: [] },
    ],
  }
  expect(groupOf(addressOf(group))).toEqual(group)
})

test('a question kept and opened again; one kept before as well', () => {
  const listed = { q: '张', cols: ['a'], when: [['a', 'ge', '1']] as const, where: 'b > 1' }
  expect(keptOf(listed)).toEqual({
    q: '张',
    where: 'b > 1',
    fields: ['a'],
    terms: [{ field: 'a', op: 'ge', values: ['1'] }],
  })
  expect(listedOf(keptOf(listed))).toEqual(listed)
  expect(listedOf(listed)).toEqual(listed)
})
