import { expect, it } from 'vitest'
import { isAsking, questionOf, subjectSearch, withCondition } from './search'

it('reads what stands in an address, and nothing else', () => {
  expect(
    subjectSearch({ q: 'a', when: [['f', 'eq', 'x'], ['f', 'like', 'x'], 3], undecided: 'yes' }),
  ).toEqual({
    q: 'a',
    when: [['f', 'eq', 'x']],
  })
})

it('asks with where one is', () => {
  expect(questionOf({ when: [['f', 'ge', '5']] }, { year: 2025, at: '320582100', field: 'zone' })).toEqual({
    terms: [
      { field: 'f', op: 'ge', values: ['5'] },
      { field: 'zone', op: 'eq', values: ['320582100'] },
    ],
    period: 2025,
  })
})

it('replaces and takes away a condition', () => {
  const one = withCondition(undefined, 'f', 'in', ['a', 'b'])
  expect(one).toEqual([['f', 'in', 'a', 'b']])
  expect(withCondition(one, 'f', 'in', [])).toBeUndefined()
  expect(isAsking({})).toBe(false)
})
