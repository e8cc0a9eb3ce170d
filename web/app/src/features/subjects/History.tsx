import { useQuery } from '@tanstack/react-query'
import { Tag, Timeline } from 'antd'
import type { Fact, SubjectProfile } from '../../api'
import { history } from '../../api/queries'
import { Answer, Moment, Panel } from '../../ui'
import { t } from './subjects.words'

/** What was reported when, one entry an act, the latest first. */
export function History({ subject }: { subject: SubjectProfile }) {
  const answer = useQuery(history(subject.kind, subject.identity))
  return (
    <Panel>
      <Answer of={answer} empty={(data) => data.facts.length === 0}>
        {(data) => (
          <Timeline
            items={acts(data.facts).map(([act, facts]) => ({
              key: act,
              color: facts.some((one) => one.verdict === 'returned') ? 'red' : 'blue',
              content: <Act facts={facts} />,
            }))}
          />
        )}
      </Answer>
    </Panel>
  )
}

function acts(facts: readonly Fact[]): [number, Fact[]][] {
  const by = new Map<number, Fact[]>()
  for (const fact of facts) by.set(fact.act, [...(by.get(fact.act) ?? []), fact])
  return [...by].sort((a, b) => b[0] - a[0])
}

function Act({ facts }: { facts: readonly Fact[] }) {
  const [first] = facts
  const marked = facts.filter((one) => one.verdict !== 'none')
  return first ? (
    <>
      <div>
        <strong>{first.source}</strong> <Moment at={first.at} /> <span className="quiet">{first.actor}</span>
      </div>
      <details>
        <summary>{t('reports', { n: facts.length })}</summary>
        <p className="history-facts">
          {facts.map((one) => `${one.column} ${one.value ?? '—'}${one.unit}`).join('\u3000')}
        </p>
      </details>
      {marked.map((one) => (
        <div key={one.line + one.column}>
          <Tag color={one.verdict === 'returned' ? 'red' : 'green'}>{t(`verdict_${one.verdict}`)}</Tag>
          {one.column} {one.why} <span className="quiet">{one.judge}</span>
        </div>
      ))}
    </>
  ) : null
}
