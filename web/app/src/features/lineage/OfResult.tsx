import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Held, runReceipt } from '../../api'
import { explanation, run as runOf } from '../../api/queries'
import { columnOf, everyFact, isExplanation } from '../../domain/explanation'
import { Answer, Facts, Moment, Nothing, Panel, PlainTable, StatusBadge } from '../../ui'
import { t } from './lineage.words'
import { Hash, Tail } from './parts'
import { itemOf } from './trace'

interface Of {
  kind: string
  id: string
  held: Held
}

/** A score or a grade: the run, its rules and facts, the figures it was made of; what stands on its receipt. */
export function OfResult({ kind, id, held }: Of) {
  return (
    <>
      <Origin kind={kind} id={id} held={held} />
      <Inputs kind={kind} id={id} held={held} />
      <Panel title={t('used')}>
        <Tail kind={kind} id={id} run={held.run} say={t('ledgerNone')} />
      </Panel>
    </>
  )
}

function Origin({ id, held }: Of) {
  const answer = useQuery(runOf(held.run))
  const receipt = useQuery({
    queryKey: ['runs', held.run, 'receipt', id],
    queryFn: ({ signal }) => runReceipt({ run: held.run, id }, { signal }),
    retry: false,
  })
  return (
    <Panel title={t('from')}>
      <Answer of={answer}>
        {(run) => (
          <>
            <Facts
              of={[
                [
                  t('value'),
                  <b key="v" className="num">
                    {held.value} {held.unit}
                  </b>,
                ],
                [
                  t('run'),
                  <Link key="r" to="/runs/$run" params={{ run: String(run.run) }}>
                    {run.title}
                  </Link>,
                ],
                [t('day_'), run.day],
                [t('until'), run.until_act ?? '—'],
                [t('rulesHash'), <Hash key="h" of={run.rules} />],
                [t('snapshot'), run.snapshot ? <Hash key="s" of={run.snapshot} /> : '—'],
                [t('receipt'), receipt.data ? <Hash key="c" of={receipt.data.hash} /> : '—'],
                [t('root'), run.receipts ? <Hash key="t" of={run.receipts} /> : '—'],
              ]}
            />
            <ol className="timeline lineage-steps">
              {run.steps.map((one) => (
                <li key={one.act}>
                  <Moment at={one.at} /> {one.actor}{' '}
                  <span className="quiet">
                    {t(`state_${one.state}`)} · {t('act')} {one.act}
                  </span>
                </li>
              ))}
            </ol>
          </>
        )}
      </Answer>
    </Panel>
  )
}

function Inputs({ kind, id, held }: Of) {
  const answer = useQuery(explanation(held.run, id))
  return (
    <Panel
      title={t('inputs')}
      extra={
        <Link to="/explain/$run/$id" params={{ run: String(held.run), id }}>
          {t('why')} →
        </Link>
      }
    >
      <Answer of={answer}>
        {({ tree }) => {
          const item = isExplanation(tree) ? itemOf(tree.items, held.field) : undefined
          const facts = item ? everyFact([item]) : []
          if (!isExplanation(tree) || facts.length === 0) return <Nothing say={t('noColumn')} />
          return (
            <>
              <p>
                {t('rulesOf', { name: tree.rules.name, version: tree.rules.version })}{' '}
                <StatusBadge status={tree.rules.status} />
              </p>
              <PlainTable
                named
                className="lineage-table"
                label={t('inputs')}
                head={[t('what'), t('counted')]}
                rows={facts.map((one) => ({
                  key: columnOf(one),
                  cells: [
                    <Link
                      key="l"
                      to="/lineage/$kind/$id"
                      params={{ kind, id }}
                      search={{ column: columnOf(one) }}
                    >
                      {columnOf(one)}
                    </Link>,
                    one.text,
                  ],
                }))}
              />
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}
