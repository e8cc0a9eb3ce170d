import { useQuery } from '@tanstack/react-query'
import type { CockpitSums } from '../../api'
import { Answer, Decimal, Money, Panel, PlainTable } from '../../ui'
import { t as said } from '../../ui/outcome.words'
import { t } from './cockpit.words'
import { money } from './queries'

export function MoneyPanel() {
  const answer = useQuery(money)
  return (
    <Panel title={t('money')} wide>
      <Answer of={answer} empty={(data) => data.total.subjects === 0}>
        {(data) => (
          <div className="panels">
            <Sums
              title={t('year')}
              of={[...data.years, data.total]}
              name={(one) => (one.year ? `${one.year}` : t('total'))}
            />
            <Sums title={t('locality')} of={data.localities} name={(one) => one.name} />
          </div>
        )}
      </Answer>
      {answer.data ? <p className="quiet">{said('cut', { day: answer.data.day })}</p> : null}
    </Panel>
  )
}

function Sums({
  title,
  of,
  name,
}: {
  title: string
  of: readonly CockpitSums[]
  name: (one: CockpitSums) => string
}) {
  return (
    <PlainTable
      named
      label={title}
      className="cockpit-money"
      head={[title, t('subjects'), t('issued'), t('held'), t('expired'), t('paid')]}
      rows={of.map((one) => ({
        key: `${one.year} ${one.locality}`,
        cells: [
          name(one),
          <Decimal key="n" value={String(one.subjects)} />,
          <Decimal key="i" value={one.issued} />,
          <Decimal key="h" value={one.held} />,
          <Decimal key="e" value={one.expired} />,
          <Money key="p" yuan={one.paid} unit="wan" />,
        ],
      }))}
    />
  )
}
