import './desk.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type CaseTasks, type Run, useMay, useMe } from '../../api'
import { checks } from '../../api/checks'
import { entitlements, kinds, notices, runs, subject, tasks } from '../../api/queries'
import { Answer, Decimal, Moment, Nothing, Page, Panel } from '../../ui'
import { kindIcon } from '../../ui/kinds'
import { NoticeText } from '../../ui/NoticeText'
import { Range } from '../../ui/Range'
import { newest, ResultList } from '../../ui/ResultList'
import { RunStatus, Statuses } from '../../ui/RunStatus'
import { t } from './desk.words'

const OPEN: readonly Run['state'][] = ['draft', 'computed', 'reviewed', 'notice']

/** Where one starts: what there is, what is under way, what happened. */
export function Desk() {
  const me = useMe()
  const may = useMay('subject_list')
  const mayCases = useMay('case_tasks')
  const mayClaim = useMay('entitlement_list')
  return (
    <Page title={t('hello', { name: me.name })} aside={<Tag>{me.role_names.join(' · ')}</Tag>} help="start">
      <div className="panels">
        {me.subject_id ? <Own kind={me.subject_kind} id={me.subject_id} /> : null}
        {me.subject_id && mayClaim ? <Claims kind={me.subject_kind} id={me.subject_id} /> : null}
        {mayCases ? <Inbox /> : null}
        {may ? <Kinds /> : null}
        <Runs />
        <Lately />
      </div>
    </Page>
  )
}

const MOST = 6

/** Reports to look at; to a subject, those of its own that were sent back. */
function useReports() {
  const own = useMe().subject_id !== ''
  const answer = useQuery({ ...checks(), enabled: useMay('fact_checks') })
  return { answer, n: (own ? answer.data?.returned : answer.data?.waiting) ?? 0, own }
}

/** Cases and payments that wait for the one who is here, most pressing first. */
function Inbox() {
  const answer = useQuery(tasks)
  const reports = useReports()
  const all = (found: CaseTasks) => found.total + found.payments + reports.n
  return (
    <Panel
      title={
        <>
          {t('inbox')} {answer.data ? <Decimal value={String(all(answer.data))} /> : null}
        </>
      }
      extra={answer.data?.overdue ? <b className="fall">{t('overdue', { n: answer.data.overdue })}</b> : null}
    >
      {reports.answer.isError ? <Answer of={reports.answer}>{() => null}</Answer> : null}
      <Answer of={answer} empty={(found) => all(found) === 0} nothing={<Nothing say={t('noTasks')} />}>
        {(found) => (
          <ul className="desk-list">
            {reports.n > 0 ? (
              <li>
                <Link to="/checks">{t(reports.own ? 'returned' : 'reports', { n: reports.n })}</Link>
              </li>
            ) : null}
            {found.payments > 0 ? (
              <li>
                <Link to="/ledger" search={{ state: 'requested' }}>
                  {t('payments', { n: found.payments })}
                </Link>
              </li>
            ) : null}
            {found.cases.slice(0, MOST).map((one) => (
              <li key={one.number}>
                <Link to="/cases/$number" params={{ number: String(one.number) }}>
                  {one.title || one.type} · {one.name || one.id}
                </Link>
                <span className={one.overdue ? 'fall' : 'quiet'}>
                  {one.state} <span className="num">{one.due}</span>
                </span>
              </li>
            ))}
            {found.total > MOST ? (
              <li>
                <Link to="/cases">{t('allTasks')} →</Link>
              </li>
            ) : null}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}

/** One's own file in short: what it came to, each figure with its reasons behind it. */
function Own({ kind, id }: { kind: string; id: string }) {
  const answer = useQuery(subject(kind, id))
  return (
    <Panel
      title={answer.data?.name || t('mine')}
      extra={<RunStatus of={newest(answer.data?.facts ?? []).map((one) => one.run)} />}
    >
      <p className="quiet num">{id}</p>
      <Answer of={answer} rows={3}>
        {(of) => <ResultList of={newest(of.facts)} id={id} />}
      </Answer>
      <Link to="/subjects/$kind/$id" params={{ kind, id }}>
        {t('open')} →
      </Link>
    </Panel>
  )
}

/** What policies would give it today. */
function Claims({ kind, id }: { kind: string; id: string }) {
  const answer = useQuery(entitlements(kind, id))
  return (
    <Panel title={t('claims')} extra={<Statuses of={answer.data?.lines.map((one) => one.status) ?? []} />}>
      <Answer of={answer} rows={3}>
        {(of) => {
          const many = (standing: string) => of.lines.filter((one) => one.standing === standing).length
          return (
            <>
              <p className="desk-sum">
                <Range of={of.highest} />
              </p>
              <p>{t('claimsOf', { n: many('entitled'), near: many('near') })}</p>
            </>
          )
        }}
      </Answer>
      <Link to="/entitlements">{t('claimsOpen')} →</Link>
    </Panel>
  )
}

function Kinds() {
  const answer = useQuery(kinds)
  if (answer.data && !answer.data.kinds.some((kind) => kind.seen)) return null
  return (
    <Panel title={t('subjects')}>
      <Answer of={answer}>
        {(data) => (
          <ul className="desk-kinds">
            {data.kinds
              .filter((kind) => kind.seen)
              .map((kind) => (
                <li key={kind.kind}>
                  <Link to="/subjects/$kind" params={{ kind: kind.kind }}>
                    {kindIcon(kind.kind)} {kind.title}
                  </Link>
                  {kind.subjects == null ? null : <Decimal value={String(kind.subjects)} />}
                </li>
              ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}

function Runs() {
  const answer = useQuery(runs)
  return (
    <Panel title={t('runs')}>
      <Answer
        of={answer}
        empty={(data) => !data.runs.some((run) => OPEN.includes(run.state))}
        nothing={<Nothing say={t('noRuns')} />}
      >
        {(data) => (
          <ul className="desk-list">
            {data.runs
              .filter((run) => OPEN.includes(run.state))
              .map((run) => (
                <li key={run.run}>
                  <Link to="/runs/$run" params={{ run: String(run.run) }}>
                    {run.title}
                  </Link>
                  <Tag>{run.state_name}</Tag>
                </li>
              ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}

function Lately() {
  const answer = useQuery(notices)
  return (
    <Panel title={t('notices')} extra={<Link to="/notices">{t('allNotices')} →</Link>}>
      <Answer
        of={answer}
        empty={(data) => data.notices.length === 0}
        nothing={<Nothing say={t('noNotices')} />}
      >
        {(data) => (
          <ul className="desk-list">
            {data.notices.slice(0, 6).map((one) => (
              <li key={`${one.act} ${one.kind} ${one.object}`}>
                <NoticeText of={one} />
                <span className="quiet">
                  <Moment at={one.at} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}
