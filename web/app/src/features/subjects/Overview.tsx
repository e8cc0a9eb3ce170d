import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { Held, Run, SubjectProfile } from '../../api'
import { explanation, runs } from '../../api/queries'
import { isExplanation } from '../../domain/explanation'
import { Answer, Nothing, Panel, StatusBadge } from '../../ui'
import { newest, ResultList } from '../../ui/ResultList'
import { Radar } from './Radar'
import { t } from './subjects.words'
import { Trend } from './Trend'
import { Waterfall } from './Waterfall'

/** What it came to, where its points are from, how it compares, and how it went over the years. */
export function Overview({ subject }: { subject: SubjectProfile }) {
  const numbers = [...new Set(subject.facts.flatMap((one) => (one.run === 0 ? [] : [one.run])))]
  const { data } = useQuery(runs)
  if (numbers.length === 0) return <Nothing say={t('noResults')} />
  return (
    <div className="panels">
      {numbers.map((number) => (
        <Results
          key={number}
          subject={subject}
          number={number}
          run={data?.runs.find((one) => one.run === number)}
          held={subject.facts.filter((one) => one.run === number)}
        />
      ))}
      {numbers
        .filter((number) => newest(subject.facts).some((one) => one.run === number))
        .map((number, at) => (
          <Reasons key={number} subject={subject} run={number} compare={at === 0} />
        ))}
      <Trend subject={subject} runs={data?.runs ?? []} />
    </div>
  )
}

function Results({
  subject,
  number,
  run,
  held,
}: {
  subject: SubjectProfile
  number: number
  run: Run | undefined
  held: readonly Held[]
}) {
  return (
    <Panel
      title={run?.title ?? t('runNumber', { n: number })}
      extra={
        run ? (
          <>
            <StatusBadge status={run.status} /> <Tag>{run.state_name}</Tag>
          </>
        ) : null
      }
    >
      <ResultList of={held} id={subject.identity} />
      <Link
        to="/explain/$run/$id"
        params={{ run: String(number), id: subject.identity }}
        search={{ tab: 'whatif' }}
      >
        <Button className="no-print">{t('whatif')}</Button>
      </Link>
    </Panel>
  )
}

/** Charts made of the tree of reasons of one run. */
function Reasons({ subject, run, compare }: { subject: SubjectProfile; run: number; compare: boolean }) {
  const answer = useQuery(explanation(run, subject.identity))
  return (
    <Answer of={answer}>
      {({ tree }) =>
        isExplanation(tree) ? (
          <>
            <Waterfall tree={tree} run={run} />
            {compare ? <Radar subject={subject} tree={tree} /> : null}
          </>
        ) : null
      }
    </Answer>
  )
}
