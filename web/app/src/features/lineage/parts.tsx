import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { type Run, subjectLedger, useMay } from '../../api'
import { Answer, Decimal, Money, Nothing, PlainTable } from '../../ui'
import { t } from './lineage.words'
import { postedOn } from './trace'

const SHORT = 12

/** The beginning of a hash; all of it for who points at it, and for a screen reader. */
export function Hash({ of, say }: { of: string; say?: (short: string) => string }) {
  const short = of.slice(0, SHORT)
  return (
    <Tooltip title={of}>
      <code className="lineage-hash">{say ? say(short) : short}</code>
    </Tooltip>
  )
}

export const RunLink = ({ of }: { of: Run }) => (
  <Link to="/runs/$run" params={{ run: String(of.run) }}>
    {of.title}
  </Link>
)

/** What was posted on the receipt of a run: points issued, and what became of them. `say`: where there is nothing. */
export function Tail({ kind, id, run, say }: { kind: string; id: string; run: number; say?: string }) {
  const may = useMay('subject_ledger')
  const answer = useQuery({
    queryKey: ['subjects', kind, 'ledger', id, 'lineage'],
    queryFn: ({ signal }) => subjectLedger({ kind, id, limit: 2000 }, { signal }),
    enabled: may,
  })
  if (!may) return say ? <Nothing say={say} /> : null
  return (
    <Answer of={answer} rows={2}>
      {(data) => {
        const posted = postedOn(data.lines, `${run}/${id}`)
        if (posted.length === 0) return say ? <Nothing say={say} /> : null
        return (
          <PlainTable
            className="lineage-table lineage-tail"
            label={`${t('ledger')} ${run}`}
            caption={`${t('ledger')}: ${t('receipt')} ${run}/${id}`}
            head={[t('posted_day'), t('business'), t('amount'), t('number'), t('stands'), t('decision')]}
            rows={posted.map(({ line, on }) => ({
              key: `${line.operation} ${line.kind} ${line.from} ${line.amount}`,
              cells: [
                line.day,
                line.kind,
                line.unit === 'yuan' ? (
                  <Money key="m" yuan={line.amount} />
                ) : (
                  <Decimal key="p" value={line.amount} unit={t('points')} />
                ),
                line.operation,
                on ? line.receipt : t('later'),
                line.decision || '—',
              ],
            }))}
          />
        )
      }}
    </Answer>
  )
}
