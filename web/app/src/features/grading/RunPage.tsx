import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Steps } from 'antd'
import { type RunDetail, useMay } from '../../api'
import { glance, movers, run as runOf, useKind, usePolicyName, useRunStatus } from '../../api/queries'
import { Answer, Decimal, Facts, Moment, Panel } from '../../ui'
import { Grades, Moved } from '../../ui/outcome'
import { RecordPage } from '../../ui/RecordPage'
import { Appeals } from './Appeals'
import { Corrected } from './Corrected'
import { t } from './grading.words'
import { Movers } from './Movers'
import { Proof } from './Proof'
import { RunActions } from './RunActions'
import { StateTag } from './state'

const route = getRouteApi('/inside/runs/$run')
const WAY = ['draft', 'computed', 'reviewed', 'notice', 'final'] as const

export function RunPage() {
  const { run } = route.useParams()
  const { tab } = route.useSearch()
  const go = route.useNavigate()
  const moved = useMay('run_movers')
  const answer = useQuery(runOf(Number(run)))
  const [status] = useRunStatus([Number(run)])
  return (
    <Answer of={answer}>
      {(one) => (
        <RecordPage
          page={{
            title: one.title,
            status: status ?? null,
            help: 'officer#runs',
            aside: <StateTag state={one.state} name={one.state_name} />,
            actions: <RunActions of={one} />,
          }}
          header={<Way of={one} />}
          tab={tab}
          onTab={(key) => go({ search: { tab: key } })}
          tabs={[
            { key: 'overview', label: t('overview'), show: () => <Overview of={one} /> },
            ...(moved && one.computed
              ? [{ key: 'movers', label: t('movers'), show: () => <Movers of={one} /> }]
              : []),
            {
              key: 'appeals',
              label: `${t('appeals')}${one.appeals.length ? ` ${one.appeals.length}` : ''}`,
              show: () => <Appeals of={one} />,
            },
            ...(one.replaces && one.computed
              ? [{ key: 'corrected', label: t('corrected'), show: () => <Corrected of={one} /> }]
              : []),
            { key: 'steps', label: t('steps'), show: () => <History of={one} /> },
            { key: 'proof', label: t('proof'), show: () => <Proof of={one} /> },
          ]}
        />
      )}
    </Answer>
  )
}

/** How far it has come; who did each step and when. */
function Way({ of }: { of: RunDetail }) {
  const at = WAY.indexOf((of.state === 'settled' ? 'final' : of.state) as (typeof WAY)[number])
  const step = (state: string) => of.steps.findLast((one) => one.state === state)
  const label = {
    draft: t('newRun'),
    computed: t('compute'),
    reviewed: t('review'),
    notice: t('publish'),
    final: t('finish'),
  }
  return (
    <Steps
      size="small"
      current={at < 0 ? of.steps.length : at}
      status={at < 0 ? 'error' : at === WAY.length - 1 ? 'finish' : 'process'}
      items={WAY.map((state) => {
        const done = step(state)
        return {
          title: label[state],
          content: done ? (
            <>
              {done.actor} <Moment at={done.at} />
            </>
          ) : null,
        }
      })}
    />
  )
}

function Overview({ of }: { of: RunDetail }) {
  const may = useMay('cockpit_movers')
  return (
    <>
      <About of={of} />
      {may && of.computed ? <Outcome of={of} /> : null}
    </>
  )
}

/** What it came to, and who moved against the run before: what a reviewer looks at. Older runs have neither. */
function Outcome({ of }: { of: RunDetail }) {
  const outcome = useOutcome(of.run)
  const moved = useQuery(movers(of.kind))
  const here = moved.data?.documents.find((one) => one.now.run === of.run)
  return (
    <div className="panels run-outcome">
      {outcome ? (
        <Panel title={t('results')} wide>
          <Grades of={outcome} kind={of.kind} />
        </Panel>
      ) : null}
      {here ? <Moved of={here} /> : null}
      <p>
        <Link to="/runs/$run" params={{ run: String(of.run) }} search={{ tab: 'movers' }}>
          {t('allMovers')} →
        </Link>
      </p>
      {moved.data ? null : (
        <Panel>
          <Answer of={moved}>{() => null}</Answer>
        </Panel>
      )}
    </div>
  )
}

function useOutcome(run: number) {
  const { data } = useQuery({ ...glance, enabled: useMay('cockpit_kinds') })
  return data?.kinds.flatMap((one) => one.outcomes).find((one) => one.source.run === run)
}

function About({ of }: { of: RunDetail }) {
  const { title } = useKind(of.kind)
  const notice = of.steps.findLast((one) => one.first_day)
  return (
    <Panel>
      <Facts
        of={[
          [t('number'), of.run],
          [t('kind'), title],
          [t('period'), of.period],
          [t('day'), of.day],
          [
            t('subjects'),
            of.subjects == null ? t('notComputed') : <Decimal key="n" value={String(of.subjects)} />,
          ],
          ...(of.replaces
            ? ([
                [
                  t('corrects'),
                  <Link key="r" to="/runs/$run" params={{ run: String(of.replaces) }}>
                    {t('run', { n: of.replaces })}
                  </Link>,
                ],
              ] as const)
            : []),
          ...(notice
            ? ([
                [
                  t('publish'),
                  t('noticeFrom', { first: notice.first_day ?? '', last: notice.last_day ?? '' }),
                ],
              ] as const)
            : []),
        ]}
      />
      {of.computed ? (
        <p>
          <Link to="/subjects/$kind" params={{ kind: of.kind }}>
            {t('openList')} →
          </Link>
        </p>
      ) : null}
    </Panel>
  )
}

function History({ of }: { of: RunDetail }) {
  const policyName = usePolicyName()
  return (
    <Panel>
      <ol className="timeline">
        {of.steps.map((step) => (
          <li key={step.act}>
            <Moment at={step.at} /> <b>{step.actor}</b>{' '}
            <StateTag state={step.state} name={stateWord(step.state)} />
            {step.first_day ? (
              <span> {t('noticeFrom', { first: step.first_day, last: step.last_day ?? '' })}</span>
            ) : null}
            {step.why ? (
              <div className="quiet">{step.state === 'settled' ? policyName(step.why) : step.why}</div>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const stateWord = (state: string): string =>
  ({
    draft: t('newRun'),
    computed: t('compute'),
    reviewed: t('review'),
    notice: t('publish'),
    final: t('finish'),
    withdrawn: t('withdraw'),
    settled: t('entered'),
  })[state] ?? state
