import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useContext } from 'react'
import type { CockpitMoney, CockpitSums, LedgerFunds } from '../../api'
import { funds } from '../../api/queries'
import { Answer, Decimal, Money, Nothing, Panel, PlainTable, type Where } from '../../ui'
import { Drawn } from '../../ui/Drawn'
import { OnWall } from '../../ui/outcome'
import { t as said } from '../../ui/outcome.words'
import { t } from './cockpit.words'
import { money } from './queries'
import type { HoldersSearch } from './routes'

/**
 * Points and money, the tables of one year or locality where one is chosen; `budgets`: whoever looks may see what is set
 * aside as well.
 */
export function MoneyPanel({ budgets, year, at }: { budgets: boolean } & Where) {
  const answer = useQuery(money)
  const set = useQuery({ ...funds, enabled: budgets })
  return (
    <Panel title={t('money')} wide>
      <Answer
        of={answer}
        empty={(data) => data.total.subjects === 0 && !set.data?.funds.length}
        nothing={<Nothing say={t('noMoney')} />}
      >
        {(data) => (
          <Drawn name={t('money')}>
            <Sums of={data} set={set.data} />
            <div className="panels">
              <Table
                title={t('year')}
                of={[
                  ...data.years.filter((one) => !year || one.year === year),
                  ...(year ? [] : [data.total]),
                ]}
                name={(one) => (one.year ? `${one.year}` : t('total'))}
                who={(one) => (one.year ? { of: one.year } : {})}
              />
              <Table
                title={t('locality')}
                of={data.localities.filter((one) => !at || one.locality === at)}
                name={(one) => one.name}
                who={(one) => ({ locality: one.locality })}
              />
            </div>
            <p className="quiet">{said('cut', { day: data.day })}</p>
          </Drawn>
        )}
      </Answer>
    </Panel>
  )
}

const FUNDS: Pick<LinkProps, 'to' | 'search'> = { to: '/ledger', search: { tab: 'funds' } }
const holding = (search: HoldersSearch) => ({ to: '/cockpit/holders', search }) as const

/** From the budget to what was paid, then the points; each opens to what it is made of. */
function Sums({ of, set }: { of: CockpitMoney; set: LedgerFunds | undefined }) {
  const yuan = (value: string) => <Money yuan={value} unit="wan" />
  return (
    <dl className="cockpit-sums">
      {set ? (
        <>
          <Sum name={t('budget')} link={FUNDS} value={yuan(set.budgets.total)} />
          <Sum name={t('unallocated')} link={FUNDS} value={yuan(set.budgets.left)} />
          <Sum name={t('settled')} link={FUNDS} value={yuan(set.pools.gone)} />
          <Sum name={t('reserved')} link={FUNDS} value={yuan(set.pools.reserved)} />
          <Sum name={t('left')} link={FUNDS} value={yuan(set.pools.left)} />
        </>
      ) : null}
      <Sum name={t('paid')} link={holding({ paid: true })} value={yuan(of.total.paid)} />
      <Sum name={t('issued')} link={holding({})} value={<Decimal value={of.total.issued} />} />
      <Sum name={t('held')} link={holding({})} value={<Decimal value={of.total.held} />} />
    </dl>
  )
}

function Sum({
  name,
  link,
  value,
}: {
  name: string
  link: Pick<LinkProps, 'to' | 'search'>
  value: ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Opens link={link}>{value}</Opens>
      </dd>
    </div>
  )
}

/** On a wall nothing opens. */
function Opens({ link, children }: { link: Pick<LinkProps, 'to' | 'search'>; children: ReactNode }) {
  if (useContext(OnWall)) return children
  return (
    <Link {...link} className="opens">
      {children}
    </Link>
  )
}

function Table({
  title,
  of,
  name,
  who,
}: {
  title: string
  of: readonly CockpitSums[]
  name: (one: CockpitSums) => string
  who: (one: CockpitSums) => HoldersSearch
}) {
  const cell = (one: CockpitSums, key: string, value: ReactNode) => (
    <Opens key={key} link={holding({ ...who(one), ...(key === 'paid' && { paid: true }) })}>
      {value}
    </Opens>
  )
  return (
    <PlainTable
      named
      label={title}
      className="cockpit-money"
      head={[title, t('subjects'), t('issued'), t('held'), t('spent'), t('expired'), t('paid')]}
      rows={of.map((one) => ({
        key: `${one.year} ${one.locality}`,
        cells: [
          name(one),
          cell(one, 'n', <Decimal value={String(one.subjects)} />),
          ...POINTS.map((key) => cell(one, key, <Decimal value={one[key]} />)),
          cell(one, 'paid', <Money yuan={one.paid} unit="wan" />),
        ],
      }))}
    />
  )
}

const POINTS = ['issued', 'held', 'spent', 'expired'] as const
