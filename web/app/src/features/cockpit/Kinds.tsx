import { useQuery } from '@tanstack/react-query'
import type { CockpitKind, CockpitOutcome } from '../../api'
import { Answer, Decimal, Panel } from '../../ui'
import { kindIcon } from '../../ui/kinds'
import { t } from './cockpit.words'
import { Count, Source } from './parts'
import { glance } from './queries'

/** A card for each kind: how many, and how they were graded. */
export function Kinds() {
  const answer = useQuery(glance)
  return (
    <Answer of={answer} empty={(data) => data.kinds.length === 0}>
      {(data) => (
        <div className="cockpit-kinds">
          {data.kinds.map((kind) => (
            <Kind key={kind.kind} of={kind} />
          ))}
        </div>
      )}
    </Answer>
  )
}

function Kind({ of }: { of: CockpitKind }) {
  const graded = of.outcomes.filter((one) => one.grades.length > 0)
  return (
    <Panel
      title={
        <>
          {kindIcon(of.kind)} {of.title}
        </>
      }
    >
      <p className="cockpit-total">
        <Count of={of.all} kind={of.kind} />
        {of.active && of.active.n !== of.all.n ? (
          <span className="quiet">
            {t('active')} <Count of={of.active} kind={of.kind} />
          </span>
        ) : null}
      </p>
      {graded.map((one) => (
        <Grades key={one.source.run} of={one} kind={of.kind} />
      ))}
      {graded.length === 0 ? <Source of={of.source} /> : null}
    </Panel>
  )
}

function Grades({ of, kind }: { of: CockpitOutcome; kind: string }) {
  const most = Math.max(...of.grades.map((one) => one.n), 1)
  return (
    <>
      <ul className="cockpit-bars">
        {of.grades.map((one) => (
          <li key={one.name}>
            <span>{one.name}</span>
            <Count of={one} kind={kind}>
              <span className="cockpit-bar" style={{ width: `${(one.n / most) * 100}%` }} />
              <Decimal value={String(one.n)} />
            </Count>
          </li>
        ))}
      </ul>
      {of.mean ? (
        <p className="quiet">
          {t('mean')} <Decimal value={of.mean} />
        </p>
      ) : null}
      <Source of={of.source} />
    </>
  )
}
