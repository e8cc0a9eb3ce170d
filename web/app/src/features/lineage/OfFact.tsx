import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type Fact, type Run, useMay } from '../../api'
import { explanation, history, runs } from '../../api/queries'
import { type Explanation, isExplanation } from '../../domain/explanation'
import { Answer, Moment, Nothing, Panel, PlainTable, StatusBadge } from '../../ui'
import { t } from './lineage.words'
import { Hash, RunLink, Tail } from './parts'
import { lookedAt } from './trace'

/** A fact: each report of it, and each run that looked at it. */
export function OfFact({ kind, id, column }: { kind: string; id: string; column: string }) {
  return (
    <>
      <Reports kind={kind} id={id} column={column} />
      <Uses kind={kind} id={id} column={column} />
    </>
  )
}

function Reports({ kind, id, column }: { kind: string; id: string; column: string }) {
  const answer = useQuery(history(kind, id, column.split('@')[0]))
  const mayAct = useMay('act_get')
  const of = (facts: readonly Fact[]) => facts.filter((fact) => fact.column === column).reverse()
  return (
    <Panel title={t('from')}>
      <Answer
        of={answer}
        empty={(data) => of(data.facts).length === 0}
        nothing={<Nothing say={t('noReports')} />}
      >
        {(data) => (
          <PlainTable
            named
            className="lineage-table"
            label={t('from')}
            head={[
              t('value'),
              t('verdict'),
              t('source'),
              t('place'),
              t('reporter'),
              t('actor'),
              t('day'),
              t('evidence'),
              t('act'),
            ]}
            rows={of(data.facts).map((one) => ({
              key: `${one.act} ${one.line}`,
              className: one.holds ? 'lineage-holds' : undefined,
              cells: [
                <span key="v" className="num">
                  {one.value ?? '—'} {one.holds ? <Tag color="blue">{t('holds')}</Tag> : null}
                </span>,
                <span key="j">
                  {t(`verdict_${one.verdict}`)} {one.judge} {one.why}
                </span>,
                one.source,
                one.file ? (
                  <Hash key="f" of={one.file} say={(file) => t('line', { file, n: one.row ?? '?' })} />
                ) : (
                  t('byHand')
                ),
                one.reporter,
                <span key="a">
                  {one.actor} <Moment at={one.at} />
                </span>,
                <span key="d" className="num">
                  {one.day}
                </span>,
                one.evidence ? <Hash key="e" of={one.evidence} /> : '—',
                mayAct ? (
                  <Link key="n" to="/acts/$act" params={{ act: String(one.act) }}>
                    {t('actAt', { act: one.act, line: one.line })}
                  </Link>
                ) : (
                  t('actAt', { act: one.act, line: one.line })
                ),
              ],
            }))}
          />
        )}
      </Answer>
    </Panel>
  )
}

function Uses({ kind, id, column }: { kind: string; id: string; column: string }) {
  const answer = useQuery(runs)
  return (
    <Panel title={t('used')}>
      <Answer of={answer}>
        {(data) => (
          <Through
            runs={data.runs.filter(
              (one) => one.kind === kind && one.state !== 'draft' && one.state !== 'withdrawn',
            )}
            id={id}
            column={column}
          />
        )}
      </Answer>
    </Panel>
  )
}

/** Each run is asked what it looked at: nothing else knows whether it used the fact. */
function Through({ runs: all, id, column }: { runs: readonly Run[]; id: string; column: string }) {
  const answers = useQueries({
    queries: all.map((one) => ({ ...explanation(one.run, id), retry: false })),
  })
  if (answers.some((one) => one.isPending))
    return (
      <p className="quiet state" role="status">
        {t('looking', { n: all.length })}
      </p>
    )
  const found = all.flatMap((run, at) => {
    const tree: unknown = answers[at]?.data?.tree
    const use = isExplanation(tree) ? lookedAt(tree.items, column) : undefined
    return use ? [{ run, use, tree: tree as Explanation }] : []
  })
  if (found.length === 0) return <Nothing say={t('unused')} />
  return (
    <>
      <PlainTable
        named
        className="lineage-table"
        label={t('used')}
        head={[t('run'), t('counted'), t('items'), t('rules'), t('receipt')]}
        rows={found.reverse().map(({ run, use, tree }) => ({
          key: run.run,
          cells: [
            <RunLink key="r" of={run} />,
            use.fact.text,
            use.items.join(' · '),
            <span key="u">
              {t('rulesOf', { name: tree.rules.name, version: tree.rules.version })}{' '}
              <StatusBadge status={tree.rules.status} /> <Hash of={tree.rules.sha256} />
            </span>,
            `${run.run}/${id}`,
          ],
        }))}
      />
      {found.map(({ run }) => (
        <Tail key={run.run} kind={run.kind} id={id} run={run.run} />
      ))}
    </>
  )
}
