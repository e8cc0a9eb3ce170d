import './standing.css'
import { t } from './standing.words'

/** Where quantiles lie, in percent of the group. */
const AT = [10, 25, 50, 75, 90] as const

/** Where one stands among others: a rule from least to most of them, with their figures along it. */
export function Standing({
  n,
  below,
  quantiles,
}: {
  /** How many have a figure. */
  n: number
  /** Percent of them that have less. */
  below: number
  /** As the server wrote them. */
  quantiles: readonly string[]
}) {
  return (
    <div className="standing">
      <p>{t('among', { n, below })}</p>
      <div className="standing-rule" aria-hidden>
        {AT.map((at) => (
          <span key={at} className="standing-mark" style={{ insetInlineStart: `${at}%` }} />
        ))}
        <span className="standing-own" style={{ insetInlineStart: `${below}%` }} />
      </div>
      <dl className="standing-figures">
        {AT.map((at, i) => (
          <div key={at}>
            <dt>{at === 50 ? t('median') : `${at}%`}</dt>
            <dd className="num">{quantiles[i]}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
