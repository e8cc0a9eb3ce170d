import './cockpit.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMay } from '../../api'
import { glance } from '../../api/queries'
import { Page } from '../../ui'
import { NoKinds } from '../../ui/NoKinds'
import { t } from './cockpit.words'
import { Kinds } from './Kinds'
import { MoneyPanel } from './MoneyPanel'
import { Movers } from './Movers'
import { Matrix, ShowSelect, TileMap } from './Places'
import { Funnels, Ladders, Targets } from './Plan'

const KIND = t('firms')

/** The county at a glance; every figure opens to the list that it counts. */
export function Cockpit() {
  const { show = 'count', figure, year, at } = useSearch({ from: '/inside/cockpit' })
  const go = useNavigate({ from: '/cockpit' })
  const mayMoney = useMay('cockpit_money')
  const mayFunds = useMay('ledger_funds')
  const all = useQuery(glance).data?.kinds
  if (all?.length === 0)
    return (
      <Page title={t('title')} help="cockpit">
        <NoKinds />
      </Page>
    )
  const firms = all?.some((one) => one.kind === KIND) ?? true
  return (
    <Page
      title={t('title')}
      help="cockpit"
      actions={
        <ShowSelect
          value={show}
          onChange={(next) =>
            void go({ search: (was) => ({ ...was, show: next === 'count' ? undefined : next }) })
          }
        />
      }
    >
      {year || at ? <p className="quiet cockpit-narrowed">{t('narrowed')}</p> : null}
      <Kinds />
      <div className="panels cockpit-pairs">
        <Targets />
        {firms ? <TileMap kind={KIND} show={show} at={at} /> : null}
        <Ladders />
        <Funnels />
        {firms ? (
          <Matrix
            kind={KIND}
            show={show}
            at={at}
            figure={
              show === 'sum' ? (figure ?? `${t('rnd')}@${year ?? new Date().getFullYear() - 1}`) : undefined
            }
          />
        ) : null}
        {firms ? <Movers kind={KIND} /> : null}
        {mayMoney ? <MoneyPanel budgets={mayFunds} year={year} at={at} /> : null}
      </div>
    </Page>
  )
}
