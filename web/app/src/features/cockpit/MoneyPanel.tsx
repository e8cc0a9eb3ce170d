import { useQuery } from '@tanstack/react-query'
import type { CockpitSums } from '../../api'
import { Answer, Decimal, Money, Panel } from '../../ui'
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
      {answer.data ? <p className="quiet">{t('cut', { day: answer.data.day })}</p> : null}
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="scroll-x" tabIndex={0} aria-label={title}>
      <table className="plain cockpit-money">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t('subjects')}</th>
            <th scope="col">{t('issued')}</th>
            <th scope="col">{t('held')}</th>
            <th scope="col">{t('expired')}</th>
            <th scope="col">{t('paid')}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => (
            <tr key={`${one.year} ${one.locality}`}>
              <th scope="row">{name(one)}</th>
              <td>
                <Decimal value={String(one.subjects)} />
              </td>
              <td>
                <Decimal value={one.issued} />
              </td>
              <td>
                <Decimal value={one.held} />
              </td>
              <td>
                <Decimal value={one.expired} />
              </td>
              <td>
                <Money yuan={one.paid} unit="wan" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
