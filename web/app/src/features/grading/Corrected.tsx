import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type RunDetail, useMe } from '../../api'
import { run as runOf, subject } from '../../api/queries'
import { Answer, Delta, Nothing, Panel, PlainTable } from '../../ui'
import { t } from './grading.words'
import { receipt } from './queries'

/** What a correction changed for those who objected, and for one's own. */
export function Corrected({ of }: { of: RunDetail }) {
  const me = useMe()
  const before = useQuery(runOf(of.replaces))
  const own = me.subject_kind === of.kind && me.subject_id ? [me.subject_id] : []
  return (
    <Answer of={before}>
      {(was) => {
        const ids = [...new Set([...own, ...was.appeals.map((one) => one.identity)])]
        return ids.length === 0 ? (
          <Nothing say={t('noAppeals')} />
        ) : (
          ids.map((id) => <One key={id} of={of} id={id} />)
        )
      }}
    </Answer>
  )
}

function One({ of, id }: { of: RunDetail; id: string }) {
  const { data: whose } = useQuery(subject(of.kind, id))
  const before = useQuery(receipt(of.replaces, id))
  const now = useQuery(receipt(of.run, id))
  return (
    <Panel
      title={
        <Link to="/subjects/$kind/$id" params={{ kind: of.kind, id }}>
          {whose?.name || id}
        </Link>
      }
      extra={<span className="quiet num">{id}</span>}
    >
      <Answer of={before} rows={2}>
        {(was) => (
          <Answer
            of={now}
            rows={2}
            empty={(is) => differing(was.values, is.values).length === 0}
            nothing={<Nothing say={t('sameAsBefore', { n: of.replaces })} />}
          >
            {(is) => (
              <PlainTable
                named
                label={whose?.name || id}
                head={[t('item'), t('run', { n: of.replaces }), t('run', { n: of.run }), t('change')]}
                rows={differing(was.values, is.values).map((item) => ({
                  key: item,
                  cells: [
                    item,
                    was.values[item] ?? '—',
                    is.values[item] ?? '—',
                    <Delta key="d" was={was.values[item] ?? ''} becomes={is.values[item] ?? ''} />,
                  ],
                }))}
              />
            )}
          </Answer>
        )}
      </Answer>
    </Panel>
  )
}

type Values = Record<string, string | null>

const differing = (was: Values, is: Values) => Object.keys(is).filter((item) => was[item] !== is[item])
