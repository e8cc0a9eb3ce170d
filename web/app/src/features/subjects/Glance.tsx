import { useQuery } from '@tanstack/react-query'
import type { Held, KindField, SubjectProfile } from '../../api'
import { runs } from '../../api/queries'
import { Decimal, Grade, StatusBadge } from '../../ui'
import { newest } from '../../ui/ResultList'
import { WhyLink } from '../../ui/WhyLink'
import { t } from './subjects.words'
import { type KindParts, useKindFields } from './useKindFields'

/** What it came to at a glance: grade, total and place by each rule document, and as of which day. */
export function Glance({ subject }: { subject: SubjectProfile }) {
  const parts = useKindFields(subject.kind)
  const held = newest(subject.facts)
  const numbers = [...new Set(held.map((one) => one.run))]
  if (!parts || numbers.length === 0) return null
  return (
    <div className="glance">
      {numbers.map((run) => (
        <Came
          key={run}
          run={run}
          held={held.filter((one) => one.run === run)}
          parts={parts}
          id={subject.identity}
        />
      ))}
    </div>
  )
}

function Came({
  run,
  held,
  parts,
  id,
}: {
  run: number
  held: readonly Held[]
  parts: KindParts
  id: string
}) {
  const { data } = useQuery(runs)
  const of = data?.runs.find((one) => one.run === run)
  const field = (one: Held) => parts.fields.find((f) => f.name === one.field)
  const at = (role: KindField['role']) => held.find((one) => field(one)?.role === role)
  const [grade, score, rank] = [at('grade'), at('score'), at('rank')]
  return (
    <div className="glance-run">
      {grade ? (
        <WhyLink run={run} id={id} item={grade.field} value={grade.value}>
          <Grade value={grade.value} big />
        </WhyLink>
      ) : null}
      <div>
        {[score, rank].flatMap((one) =>
          one
            ? [
                <span key={one.column} className="glance-figure">
                  {one.field}{' '}
                  <WhyLink run={run} id={id} item={one.field} value={one.value}>
                    <Decimal value={one.value} unit={one.unit} />
                  </WhyLink>
                  {one === rank && field(one)?.note ? (
                    <span className="quiet"> {field(one)?.note}</span>
                  ) : null}
                </span>,
              ]
            : [],
        )}
        {of ? (
          <p className="quiet">
            <StatusBadge status={of.status} /> {of.state_name} · {t('cutOff', { day: of.day })}
          </p>
        ) : null}
      </div>
    </div>
  )
}
