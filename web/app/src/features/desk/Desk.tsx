import './desk.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type Run, useMay, useMe } from '../../api'
import { kinds, notices, runs } from '../../api/queries'
import { Answer, Decimal, Moment, Nothing, Page, Panel, pick, StatusBadge } from '../../ui'
import { kindIcon } from '../../ui/kinds'
import { t } from './desk.words'

const OPEN: readonly Run['state'][] = ['draft', 'computed', 'reviewed', 'notice']

/** Where one starts: what there is, what is under way, what happened. */
export function Desk() {
  const me = useMe()
  const may = useMay('subject_list')
  return (
    <Page title={t('hello', { name: me.name })} aside={<Tag>{me.role_names.join(' · ')}</Tag>} help="start">
      <div className="panels">
        {me.subject_id ? <Own kind={me.subject_kind} id={me.subject_id} /> : null}
        {may ? <Kinds /> : null}
        <Runs />
        <Lately />
      </div>
    </Page>
  )
}

function Own({ kind, id }: { kind: string; id: string }) {
  return (
    <Panel title={t('mine')}>
      <p className="num">{id}</p>
      <Link to="/subjects/$kind/$id" params={{ kind, id }}>
        {t('open')} →
      </Link>
    </Panel>
  )
}

function Kinds() {
  const answer = useQuery(kinds)
  return (
    <Panel title={t('subjects')}>
      <Answer of={answer} empty={(data) => data.kinds.length === 0}>
        {(data) => (
          <ul className="desk-kinds">
            {data.kinds.map((kind) => (
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
    <Panel title={t('runs')} extra={<StatusBadge status="" />}>
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
                  <span>{run.title}</span>
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
    <Panel title={t('notices')}>
      <Answer of={answer} empty={(data) => data.notices.length === 0}>
        {(data) => (
          <ul className="desk-list">
            {data.notices.slice(0, 6).map((one) => (
              <li key={one.act}>
                <span>{pick([one.text, one.text_en])}</span>
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
