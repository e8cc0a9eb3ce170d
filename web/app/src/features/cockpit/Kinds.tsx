import { useQuery } from '@tanstack/react-query'
import type { CockpitKind } from '../../api'
import { glance } from '../../api/queries'
import { Answer, Panel } from '../../ui'
import { Drawn } from '../../ui/Drawn'
import { kindIcon } from '../../ui/kinds'
import { Count, Grades, Source } from '../../ui/outcome'
import { t } from './cockpit.words'

/** A card for each kind: how many, and how they were graded. */
export function Kinds() {
  const answer = useQuery(glance)
  return (
    <Answer of={answer} empty={(data) => data.kinds.length === 0}>
      {(data) => (
        <Drawn name={t('kinds')}>
          <div className="cockpit-kinds">
            {data.kinds.map((kind) => (
              <Kind key={kind.kind} of={kind} />
            ))}
          </div>
        </Drawn>
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
