import { describe, expect, it } from 'vitest'
import { compare, difference, ends, grouped, shifted } from './decimal'

describe('decimals', () => {
  it('keep every digit', () => {
    expect(grouped('1234567.50')).toBe('1,234,567.50')
    expect(grouped('-1000')).toBe('-1,000')
    expect(grouped('33650.1~43560')).toBe('33,650.1~43,560')
    expect(grouped('9007199254740993.123456789')).toBe('9,007,199,254,740,993.123456789')
  })
  it('move the point exactly', () => {
    expect(shifted('335900', -4)).toBe('33.59')
    expect(shifted('5', -4)).toBe('0.0005')
    expect(shifted('0', -4)).toBe('0')
    expect(shifted('-12.5', 2)).toBe('-1250')
    expect(shifted('100000000', -4)).toBe('10000')
  })
  it('compare and subtract beyond binary numbers', () => {
    expect(compare('0.1', '0.10')).toBe(0)
    expect(compare('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
    expect(difference('21.78', '22.10')).toBe('0.32')
    expect(difference('5', '-0.5')).toBe('-5.5')
    expect(difference('1~2', '3')).toBeUndefined()
    expect(difference('10', '30')).toBe('20')
  })
  it('know both ends of an interval', () => {
    expect(ends('61~78')).toEqual({ low: '61', high: '78' })
    expect(ends('61')).toEqual({ low: '61', high: '61' })
    expect(ends('A')).toBeUndefined()
  })
})
