import { readFileSync } from 'node:fs'
import { theme } from 'antd'
import { describe, expect, it } from 'vitest'
import { contrast } from '../domain/contrast'
import { BACK, INK, PALETTE, themeOf } from './theme'

/** How much of the primary colour the cells of heat maps and tiles of the map take. */
const HEAT = [
  ...readFileSync('src/features/cockpit/cockpit.css', 'utf8').matchAll(
    /--heat: color-mix\(in srgb, var\(--ant-color-primary\) (\d+)%/g,
  ),
].map((found) => Number(found[1]) / 100)

const bytes = (colour: string): number[] =>
  colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : colour.match(/[\d.]+/g)!.map(Number)

/** `share` of one colour over another, as a screen shows it. */
const over = (colour: string, ground: string, share = bytes(colour)[3] ?? 1): string =>
  `#${bytes(ground)
    .map((g, at) => Math.round(bytes(colour)[at]! * share + g * (1 - share)))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`

describe.each(['light', 'dark'] as const)('%s', (mode) => {
  it.each(PALETTE[mode])('%s stands apart from its ground', (colour) => {
    expect(contrast(colour, BACK[mode])).toBeGreaterThanOrEqual(3.2)
  })
  it.each(['text', 'quiet', 'rise', 'fall'] as const)('%s can be read', (name) => {
    expect(contrast(INK[mode][name], BACK[mode])).toBeGreaterThanOrEqual(4.5)
  })
  it.each(HEAT)('words on a heat of %d can be read', (share) => {
    const is = theme.getDesignToken(themeOf(mode, 100, false))
    const ground = over(is.colorPrimary, over(is.colorBgContainer, BACK[mode]), share)
    expect(contrast(over(is.colorText, ground), ground)).toBeGreaterThanOrEqual(4.5)
  })
  it('has ten heats', () => expect(HEAT).toHaveLength(10))
  it('has a colour for eight series', () => {
    expect(new Set(PALETTE[mode]).size).toBe(8)
  })
})

it('knows black and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
