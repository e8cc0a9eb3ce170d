import { useQuery } from '@tanstack/react-query'
import { type LedgerLine, type SubjectProfile, subjectLedger } from '../../api'
import { usePolicyName } from '../../api/queries'
import { Answer, Decimal, Facts, List, Money, Panel } from '../../ui'
import { RunStatus, runsOf } from '../../ui/RunStatus'
import { ActLink, Receipt } from './stream'
import { t } from './subjects.words'

/** Points and money of a subject, and every line of its statement. */
export function Wealth({ subject }: { subject: SubjectProfile }) {
  const policyName = usePolicyName()
  const answer = useQuery({
    queryKey: ['subjects', subject.kind, 'ledger', subject.identity],
    queryFn: ({ signal }) => subjectLedger({ kind: subject.kind, id: subject.identity }, { signal }),
  })
  return (
    <div className="panels">
      <Panel
        wide
        title={t('money')}
        extra={<RunStatus of={runsOf(answer.data?.lines.map((one) => one.receipt) ?? [])} />}
      >
        <Answer of={answer}>
          {(data) => (
            <Facts
              of={[
                [t('held'), <Decimal key="held" value={data.held} />],
                [t('spent'), <Decimal key="spent" value={data.spent} />],
                [t('expired'), <Decimal key="expired" value={data.expired} />],
                [t('owed'), <Money key="owed" yuan={data.owed} />],
                [t('approved'), <Money key="approved" yuan={data.approved} />],
                [t('paid'), <Money key="paid" yuan={data.paid} />],
                [t('reclaimed'), <Money key="reclaimed" yuan={data.reclaimed} />],
              ]}
            />
          )}
        </Answer>
      </Panel>
      <Panel wide title={t('statement')}>
        <List<LedgerLine & { at: number }, Awaited<ReturnType<typeof subjectLedger>>>
          of={answer}
          rows={(data) => data.lines.map((line, at) => ({ ...line, at })).toReversed()}
          rowKey={(line) => String(line.at)}
          columns={[
            {
              key: 'day',
              title: t('day'),
              width: 112,
              show: (line) => <span className="num">{line.day}</span>,
            },
            { key: 'kind', title: t('operation'), width: 120, show: (line) => line.kind },
            {
              key: 'amount',
              title: t('amount'),
              figure: true,
              width: 160,
              show: (line) =>
                line.unit === 'yuan' ? (
                  <Money yuan={line.amount} />
                ) : (
                  <Decimal value={line.amount} unit={t('points')} />
                ),
            },
            {
              key: 'way',
              title: t('way'),
              width: 220,
              show: (line) => `${line.of} ${line.from} → ${line.to}`,
            },
            {
              key: 'policy',
              title: t('policy'),
              width: 200,
              show: (line) => `${policyName(line.policy)} ${line.year || ''}`,
            },
            { key: 'decision', title: t('decision'), width: 160, show: (line) => line.decision || line.note },
            {
              key: 'operation',
              title: t('number'),
              width: 150,
              show: (line) => (
                <span className="stream-head">
                  <ActLink n={line.operation} /> <Receipt of={line.receipt} />
                </span>
              ),
            },
          ]}
        />
      </Panel>
    </div>
  )
}
