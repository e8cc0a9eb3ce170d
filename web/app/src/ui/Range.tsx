import type { PolicyMoney } from '../api'
import { t } from './ui.words'
import { Money } from './values'

/** An amount that may be an interval, or open at its upper end. */
export function Range({ of }: { of: PolicyMoney }) {
  if (of.high == null)
    return (
      <>
        <Money yuan={of.low} unit="wan" /> {t('upTo')}
      </>
    )
  return <Money yuan={of.low === of.high ? of.low : `${of.low}~${of.high}`} unit="wan" />
}
