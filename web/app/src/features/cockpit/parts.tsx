/** What the cockpit and the big screen share: figures that open to their lists, and where they are from. */
import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext } from 'react'
import type { CockpitCount, CockpitSource } from '../../api'
import { Decimal, StatusBadge } from '../../ui'
import { t } from './cockpit.words'

/** On a wall nothing opens. */
export const OnWall = createContext(false)

/** A figure that opens to exactly the subjects it counts. */
export function Count({
  of,
  kind,
  children,
}: {
  of: Pick<CockpitCount, 'n' | 'where'>
  kind: string
  children?: ReactNode
}) {
  const wall = useContext(OnWall)
  const shown = children ?? <Decimal value={String(of.n)} />
  if (wall) return <span>{shown}</span>
  return (
    <Link
      to="/subjects/$kind"
      params={{ kind }}
      search={of.where ? { where: of.where } : {}}
      className="opens"
    >
      {shown}
    </Link>
  )
}

/** Status, run and cut-off: under every block of figures. */
export function Source({ of }: { of: CockpitSource }) {
  return (
    <p className="quiet cockpit-source">
      <StatusBadge status={of.status} /> {of.document}
      {' · '}
      {of.run > 0 ? t('run', { run: of.run, day: of.day }) : t('cut', { day: of.day })}
      {of.published ? '' : ` · ${t('draft')}`}
    </p>
  )
}

/** 0 to 100 of the most there is, as a step of the ground's colour. */
export const heat = (n: number, most: number): number =>
  most <= 0 || n <= 0 ? 0 : Math.max(1, Math.ceil((n / most) * 9))
