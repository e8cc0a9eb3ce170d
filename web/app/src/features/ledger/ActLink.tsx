import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay } from '../../api'
import { t } from './ledger.words'

/** An operation 12-0 is the first of act 12. */
export const ActLink = ({ n }: { n: number | string }): ReactNode =>
  useMay('act_get') ? (
    <Link to="/acts/$act" params={{ act: String(n).split('-')[0]! }}>
      {t('openAct', { n })}
    </Link>
  ) : (
    <span className="quiet">{t('openAct', { n })}</span>
  )
