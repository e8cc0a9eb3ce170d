import { expect, test } from 'vitest'
import { fen, seal } from './bids'

test('fen', () => {
  expect(fen('120000')).toBe('12000000')
  expect(fen('0.5')).toBe('50')
  expect(fen(' 12.34 ')).toBe('1234')
  expect(fen('9999999999999.99')).toBe('999999999999999')
  for (const wrong of ['', '-1', '1.234', '1e3', '.5']) expect(fen(wrong)).toBeUndefined()
})

test('seal', async () => {
  expect(await seal('1', 'a', 'b')).toBe(await seal('1', 'a', 'b'))
  expect(await seal('1', 'a', 'b')).toMatch(/^[0-9a-f]{64}$/)
  expect(await seal('2', 'a', 'b')).not.toBe(await seal('1', 'a', 'b'))
})
