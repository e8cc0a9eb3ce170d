import './lineage.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import type { SubjectProfile } from '../../api'
import { subject } from '../../api/queries'
import { Answer, Nothing, Page, Panel } from '../../ui'
import { t } from './lineage.words'
import { OfFact } from './OfFact'
import { OfResult } from './OfResult'

const route = getRouteApi('/inside/lineage/$kind/$id')

/** One figure of one subject: back to where it is from, forward to what used it. */
export function Lineage() {
  const { kind, id } = route.useParams()
  const answer = useQuery(subject(kind, id))
  return (
    <Page
      title={t('of', { name: answer.data?.name || id })}
      help="lists#lineage"
      actions={
        <Link to="/subjects/$kind/$id" params={{ kind, id }}>
          {t('file')} →
        </Link>
      }
    >
      <Answer of={answer}>{(of) => <Chosen of={of} />}</Answer>
    </Page>
  )
}

function Chosen({ of }: { of: SubjectProfile }) {
  const { column } = route.useSearch()
  const go = route.useNavigate()
  const results = of.facts.filter((one) => one.run > 0)
  const facts = of.facts.filter((one) => one.run === 0)
  const value = column ?? results[0]?.column ?? facts[0]?.column
  const held = of.facts.find((one) => one.column === value)
  const options = (all: typeof facts) => all.map((one) => ({ value: one.column, label: one.column }))
  return (
    <>
      <div className="filters">
        <Select
          showSearch
          aria-label={t('column')}
          className="wide-select"
          value={value ?? null}
          options={[
            { label: t('results'), options: options(results) },
            { label: t('facts'), options: options(facts) },
          ]}
          onChange={(next) => go({ search: { column: next ?? undefined } })}
        />
      </div>
      {value === undefined ? (
        <Panel>
          <Nothing say={t('noColumn')} />
        </Panel>
      ) : held && held.run > 0 ? (
        <OfResult kind={of.kind} id={of.identity} held={held} />
      ) : (
        <OfFact kind={of.kind} id={of.identity} column={value} />
      )}
    </>
  )
}
