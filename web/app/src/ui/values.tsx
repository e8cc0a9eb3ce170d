import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { compare, difference, ends, grouped, shifted } from '../domain/decimal'
import { t } from './ui.words'

/** A value as the server wrote it: every digit, thousands apart, figures of one width. Null: missing. */
export function Decimal({ value, unit }: { value: string | null | undefined; unit?: string | undefined }) {
  if (value == null || value === '') return <span className="missing">{t('missing')}</span>
  const at = ends(value)
  const text = (
    <span className="num">
      {grouped(value)}
      {unit ? <span className="unit"> {unit}</span> : null}
    </span>
  )
  return at && at.low !== at.high ? <Tooltip title={t('interval')}>{text}</Tooltip> : text
}

const SCALE = { yuan: 0, wan: -4, yi: -8 } as const

/** Yuan as the server wrote them, with the point moved; never rounded. */
export function Money({
  yuan,
  unit = 'yuan',
}: {
  yuan: string | null | undefined
  unit?: keyof typeof SCALE
}) {
  const shown =
    yuan == null
      ? yuan
      : yuan
          .split('~')
          .map((end) => shifted(end, SCALE[unit]))
          .join('~')
  return <Decimal value={shown} unit={t(unit)} />
}

/** Up and down with a sign and an arrow, never by colour alone. `rank`: a smaller one is better. */
export function Delta({ was, becomes, rank = false }: { was: string; becomes: string; rank?: boolean }) {
  const by = difference(was, becomes)
  if (by === undefined) return was === becomes ? null : <span className="num">{`${was} → ${becomes}`}</span>
  const order = compare(was, becomes)
  if (order === 0) return <span className="num quiet">±0</span>
  const better = rank ? order > 0 : order < 0
  return (
    <span className={`num ${better ? 'rise' : 'fall'}`}>
      {better ? '▲' : '▼'} {!rank && order < 0 ? '+' : ''}
      {grouped(rank ? by.replace('-', '') : by)}
    </span>
  )
}

/** A grade, A to E, as a letter in a box whose ground says the same. */
export function Grade({ value, big = false }: { value: string | null | undefined; big?: boolean }) {
  if (!value) return <span className="missing">{t('missing')}</span>
  return (
    <span className={`grade grade-${value.toLowerCase().slice(0, 1)}${big ? ' grade-big' : ''}`}>
      {value}
    </span>
  )
}

const STATUS = {
  official: { word: 'official', tip: 'officialTip' },
  secondary: { word: 'secondary', tip: 'secondaryTip' },
  example: { word: 'example', tip: 'exampleTip' },
  unsaid: { word: 'unsaid', tip: 'unsaidTip' },
} as const

/** Where a rule is from; stands wherever a score does. Null: it is not known yet, or there is no score. */
export function StatusBadge({ status }: { status: string | null | undefined }) {
  if (status == null) return null
  const known = status in STATUS ? (status as keyof typeof STATUS) : 'unsaid'
  const of = STATUS[known]
  return (
    <Tooltip title={t(of.tip)}>
      <span className={`status status-${known}`}>{t(of.word)}</span>
    </Tooltip>
  )
}

/** A cell of a list: figures with their digits, words as they are. */
export function Cell({ value, type }: { value: string | null | undefined; type?: string }): ReactNode {
  if (value == null || value === '') return <span className="missing">—</span>
  return type === 'number' ? <Decimal value={value} /> : value
}

/** 2026-04-08T09:06:00.000000+08:00 -> 2026-04-08 09:06 */
export const Moment = ({ at }: { at: string }) => (
  <time dateTime={at} className="num">
    {at.slice(0, 16).replace('T', ' ')}
  </time>
)
