import './ledger.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Select } from 'antd'
import { lazy } from 'react'
import {
  type LedgerBalance,
  type LedgerBalances,
  type LedgerPayment,
  type LedgerPayments,
  ledgerPayments,
  ledgerVerify,
  useMay,
} from '../../api'
import { usePolicyName } from '../../api/queries'
import { Decimal, Facts, Failed, List, Money, Panel, pick } from '../../ui'
import { RecordPage } from '../../ui/RecordPage'
import { t } from './ledger.words'
import { balances } from './points'
import { STATES } from './routes'
import { Settle } from './Settle'

const Funds = lazy(() => import('./Funds'))
const Open = lazy(() => import('./Open'))
const Simulate = lazy(() => import('./Simulate').then(({ Simulate }) => ({ default: Simulate })))

const route = getRouteApi('/inside/ledger')

export function LedgerPage() {
  const { tab } = route.useSearch()
  const go = route.useNavigate()
  const may = {
    balances: useMay('ledger_balances'),
    funds: useMay('ledger_funds'),
    open: useMay('ledger_opens'),
    settle: useMay('ledger_issue'),
    simulate: useMay('settle_simulate'),
    verify: useMay('ledger_verify'),
  }
  return (
    <RecordPage
      page={{ title: t('money'), help: 'officer#money' }}
      tab={tab}
      onTab={(key) => go({ search: (was) => ({ ...was, tab: key, after: undefined }) })}
      tabs={[
        { key: 'payments', label: t('payments'), show: () => <Payments /> },
        ...(may.open ? [{ key: 'open', label: t('opens'), show: () => <Open /> }] : []),
        ...(may.funds ? [{ key: 'funds', label: t('funds'), show: () => <Funds /> }] : []),
        ...(may.balances ? [{ key: 'balances', label: t('balances'), show: () => <Balances /> }] : []),
        ...(may.settle ? [{ key: 'settle', label: t('settle'), show: () => <Settle /> }] : []),
        ...(may.simulate
          ? [
              {
                key: 'simulate',
                label: t('simulate'),
                show: () => <Simulate />,
              },
            ]
          : []),
        ...(may.verify ? [{ key: 'check', label: t('check'), show: () => <Verify /> }] : []),
      ]}
    />
  )
}

function Payments() {
  const { state, after, year } = route.useSearch()
  const go = route.useNavigate()
  const policyName = usePolicyName()
  const answer = useQuery({
    queryKey: ['ledger', 'payments', state, year, after],
    queryFn: ({ signal }) =>
      ledgerPayments({ state: state ?? null, year: year ?? null, after: after ?? null }, { signal }),
  })
  return (
    <>
      <div className="filters">
        <Select
          allowClear
          aria-label={t('state')}
          placeholder={t('anyState')}
          value={state ?? null}
          options={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) =>
            go({ search: (was) => ({ ...was, state: next ?? undefined, after: undefined }) })
          }
        />
      </div>
      <List<LedgerPayment, LedgerPayments>
        of={answer}
        rows={(data) => data.payments}
        rowKey={(one) => one.payment}
        nothing={state || year ? t('noPayments') : t('noPaymentsYet')}
        onClear={
          state || year
            ? () => go({ search: (was) => ({ ...was, state: undefined, year: undefined }) })
            : undefined
        }
        next={(data) => data.next}
        cursor={after}
        onCursor={(next) => go({ search: (was) => ({ ...was, after: next }) })}
        columns={[
          {
            key: 'payment',
            title: t('number'),
            width: 110,
            show: (one) => (
              <Link to="/ledger/payments/$payment" params={{ payment: one.payment }}>
                {one.payment}
              </Link>
            ),
          },
          { key: 'state', title: t('state'), width: 110, show: (one) => one.state_name },
          {
            key: 'amount',
            title: t('amount'),
            figure: true,
            width: 150,
            show: (one) => <Money yuan={one.amount} />,
          },
          { key: 'payee', title: t('payee'), width: 240, show: (one) => one.payee || one.subject },
          { key: 'policy', title: t('policy'), width: 200, show: (one) => policyName(one.policy) },
          { key: 'year', title: t('year'), figure: true, width: 80, show: (one) => one.year },
          {
            key: 'approvals',
            title: t('approvals'),
            figure: true,
            width: 90,
            show: (one) => `${one.approvals} / 2`,
          },
          { key: 'maker', title: t('maker'), width: 120, show: (one) => one.maker },
        ]}
      />
    </>
  )
}

function Balances() {
  const { year } = route.useSearch()
  const policyName = usePolicyName()
  const answer = useQuery(balances)
  const figure = (one: LedgerBalance, value: string) =>
    one.unit === 'yuan' ? <Money yuan={value} /> : <Decimal value={value} unit={t('points')} />
  return (
    <List<LedgerBalance, LedgerBalances>
      of={answer}
      rows={(data) => data.balances.filter((one) => !year || one.year === 0 || one.year === year)}
      rowKey={(one) => `${one.account} ${one.owner} ${one.line} ${one.year} ${one.unit}`}
      nothing={t('noBalances')}
      columns={[
        { key: 'name', title: t('account'), width: 130, show: (one) => one.name },
        { key: 'owner', title: t('owner'), width: 160, show: (one) => one.owner || t('ownLevel') },
        { key: 'line', title: t('line'), width: 260, show: (one) => policyName(one.line) },
        { key: 'year', title: t('year'), figure: true, width: 100, show: (one) => one.year || t('allYears') },
        {
          key: 'balance',
          title: t('balance'),
          figure: true,
          width: 180,
          show: (one) => figure(one, one.balance),
        },
        {
          key: 'reserved',
          title: t('reserved'),
          figure: true,
          width: 180,
          show: (one) => figure(one, one.reserved),
        },
      ]}
    />
  )
}

function Verify() {
  const verify = useMutation({ mutationFn: () => ledgerVerify() })
  const found = verify.data
  return (
    <Panel>
      <p className="quiet">{t('verifyNote')}</p>
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t('verify')}
      </Button>
      <div role="status">
        {found?.sound ? (
          <Alert type="success" showIcon title={t('sound', { n: found.operations, m: found.transfers })} />
        ) : null}
        {found && !found.sound ? <Alert type="error" showIcon title={t('unsound')} /> : null}
      </div>
      {found ? (
        <Facts
          of={[
            [t('issued'), <Decimal key="i" value={found.issued} unit={t('points')} />],
            [t('held'), <Decimal key="h" value={found.held} unit={t('points')} />],
            [t('spent'), <Decimal key="s" value={found.spent} unit={t('points')} />],
            [t('expired'), <Decimal key="e" value={found.expired} unit={t('points')} />],
            [t('paidYuan'), <Money key="p" yuan={found.paid} />],
          ]}
        />
      ) : null}
      <ul className="problems">
        {found?.problems.map((one) => (
          <li key={one.message}>{pick([one.message, one.message_en])}</li>
        ))}
      </ul>
      {verify.error ? <Failed cause={verify.error} /> : null}
    </Panel>
  )
}
