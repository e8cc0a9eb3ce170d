import { describe, expect, it } from 'vitest'
import { contrast } from '../domain/contrast'
import { BACK, INK, PALETTE } from './theme'

describe.each(['light', 'dark'] as const)('%s', (mode) => {
  it.each(PALETTE[mode])('%s stands apart from its ground', (colour) => {
    expect(contrast(colour, BACK[mode])).toBeGreaterThanOrEqual(3.2)
  })
  it.each(['text', 'quiet', 'rise', 'fall'] as const)('%s can be read', (name) => {
    expect(contrast(INK[mode][name], BACK[mode])).toBeGreaterThanOrEqual(4.5)
  })
  it('has a colour for eight series', () => {
    expect(new Set(PALETTE[mode]).size).toBe(8)
  })
})

it('knows black and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
