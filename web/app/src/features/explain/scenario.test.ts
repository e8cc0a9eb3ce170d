import { expect, it } from 'vitest'
import { figure, fromSlider, sliderOf, supposed, supposing } from './scenario'

it('is a list of what is supposed, one for each fact', () => {
  const set = supposing(supposing([], 'cost@2025', '500'), 'cost@2025', '600')
  expect(set).toEqual(['cost@2025=600'])
  expect(supposed(supposing(set, 'a', 'b=c')).get('a')).toBe('b=c')
  expect(supposing(set, 'cost@2025', undefined)).toEqual([])
})

it('knows a figure from a word', () => {
  expect(figure('351.52 yuan')).toEqual({ digits: '351.52', unit: ' yuan' })
  expect(figure('A')).toBeUndefined()
})

it('has a slider that reaches beyond what is', () => {
  expect(sliderOf('351.52').max).toBeGreaterThan(1000)
  expect(sliderOf('0')).toEqual({ max: 10, step: 1 })
  expect(fromSlider(0.1 + 0.2)).toBe('0.3')
  expect(fromSlider(1234567.5)).toBe('1234567.5')
})
