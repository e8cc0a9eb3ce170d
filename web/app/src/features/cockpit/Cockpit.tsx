import './cockpit.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMay } from '../../api'
import { Page } from '../../ui'
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
        <TileMap kind={KIND} show={show} at={at} />
        <Ladders />
        <Funnels />
        <Matrix
          kind={KIND}
          show={show}
          at={at}
          figure={
            show === 'sum' ? (figure ?? `${t('rnd')}@${year ?? new Date().getFullYear() - 1}`) : undefined
          }
        />
        <Movers kind={KIND} />
        {mayMoney ? <MoneyPanel budgets={mayFunds} year={year} at={at} /> : null}
      </div>
    </Page>
  )
}
