import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay } from '../api'
import { t } from './ui.words'

/** A result that opens to its reasons, for those who may ask for them. */
export function WhyLink({
  run,
  id,
  item,
  value,
  children,
}: {
  run: number
  id: string
  item?: string | undefined
  /** What is said of it to those who do not see it: the figure itself. */
  value: string
  children: ReactNode
}) {
  return useMay('explain') ? (
    <Link
      to="/explain/$run/$id"
      params={{ run: String(run), id }}
      search={{ item }}
      title={t('whyThis', { value })}
    >
      {children}
    </Link>
  ) : (
    children
  )
}
