import './results.css'
import type { Held } from '../api'
import { inWords } from '../domain/explanation'
import { Decimal, Grade } from './values'
import { WhyLink } from './WhyLink'

/** Without those of earlier runs: they stand there once more, under a longer name. */
export const newest = (facts: readonly Held[]): Held[] => {
  const results = facts.filter((one) => one.run !== 0)
  return results.filter(
    (one) => !results.some((other) => other.run !== one.run && one.field.endsWith(other.field)),
  )
}

/** What a subject came to: each figure opens to its reasons. */
export function ResultList({ of, id }: { of: readonly Held[]; id: string }) {
  return (
    <ul className="results">
      {of.map((one) => (
        <li key={one.column}>
          <span>{inWords(one.column)}</span>
          <WhyLink run={one.run} id={id} item={one.field} value={one.value}>
            {one.type === 'choice' ? (
              <Grade value={one.value} />
            ) : (
              <Decimal value={one.value} unit={one.unit} />
            )}
          </WhyLink>
        </li>
      ))}
    </ul>
  )
}
