/** What is set aside: budgets, the pools that they fill, what of each is gone, and the price of a point. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Space } from 'antd'
import {
  type LedgerBudgetOp,
  type LedgerFund,
  type LedgerPoolOp,
  type LedgerTermOp,
  ledgerBudget,
  ledgerPool,
  ledgerTerm,
  useMay,
} from '../../api'
import { funds, usePolicyName } from '../../api/queries'
import { Answer, Money, Nothing, Panel, PlainTable } from '../../ui'
import { type Field, OpButton } from './Ask'
import { t } from './ledger.words'

const AMOUNT: Field = { name: 'amount', type: 'yuan' }
const DECISION: Field = { name: 'decision' }
const LEVEL: Field = { name: 'level', label: 'levelOrOwn', free: true }
const YEAR: Field = { name: 'year', type: 'year' }
const POLICY: Field = { name: 'policy', type: 'policy' }

export default function Funds() {
  const answer = useQuery(funds)
  const may = useMay('ledger_budget')
  const open = may ? (
    <OpButton
      title={t('openBudget')}
      small={false}
      fields={[{ name: 'line', label: 'budgetLine' }, YEAR, LEVEL]}
      act={(of: LedgerBudgetOp) => ledgerBudget({ ...of, what: 'open' })}
    />
  ) : null
  return (
    <Panel title={t('funds')} extra={open}>
      <p className="quiet">{t('fundsNote')}</p>
      <Answer
        of={answer}
        empty={(data) => data.funds.length === 0}
        nothing={<Nothing say={may ? t('noFundsMay') : t('noFunds')} />}
      >
        {(data) => (
          <PlainTable
            named
            label={t('funds')}
            className="fund-figures"
            head={[
              t('lineOrPolicy'),
              t('level'),
              t('year'),
              t('given'),
              t('gone'),
              t('reserved'),
              t('fundLeft'),
              t('rateLabel'),
              '',
            ]}
            rows={[
              ...byBudget(data.funds).map((one) => row(one, may)),
              sum(t('allBudgets'), data.budgets),
              sum(t('allPools'), data.pools),
            ]}
          />
        )}
      </Answer>
    </Panel>
  )
}

/** Each budget with the pools that it fills. */
function byBudget(all: readonly LedgerFund[]): LedgerFund[] {
  const pools = all.filter((one) => one.what === 'pool')
  return all
    .filter((one) => one.what === 'budget')
    .flatMap((of) => [
      of,
      ...pools.filter((one) => one.from === of.line && one.from_year === of.year && one.level === of.level),
    ])
}

const figures = (of: LedgerFund) => [
  <Money key="t" yuan={of.total} />,
  of.what === 'pool' && of.year ? (
    <Link key="g" to="/ledger" search={{ tab: 'payments', year: of.year }} className="opens">
      <Money yuan={of.gone} />
    </Link>
  ) : (
    <Money key="g" yuan={of.gone} />
  ),
  of.what === 'pool' && of.year ? (
    <Link key="r" to="/ledger" search={{ tab: 'open', what: 'reserved' }} className="opens">
      <Money yuan={of.reserved} />
    </Link>
  ) : (
    <Money key="r" yuan={of.reserved} />
  ),
  <Money key="l" yuan={of.left} />,
]

function row(of: LedgerFund, may: boolean) {
  return {
    key: `${of.what} ${of.level} ${of.line} ${of.year}`,
    className: of.what === 'pool' ? 'fund-pool' : 'fund-budget',
    cells: [
      of.what === 'pool' ? <PolicyName key="n" code={of.line} /> : of.line,
      of.level || t('ownLevel'),
      of.year,
      ...figures(of),
      <Rate key="rate" of={of} />,
      may ? of.what === 'pool' ? <PoolActs key="a" of={of} /> : <BudgetActs key="a" of={of} /> : '',
    ],
  }
}

const sum = (name: string, of: LedgerFund) => ({
  key: name,
  className: 'fund-budget',
  cells: [name, '', '', ...figures(of), '', ''],
})

const PolicyName = ({ code }: { code: string }) => usePolicyName()(code)

function Rate({ of }: { of: LedgerFund }) {
  if (!of.rate) return of.what === 'pool' ? <span className="quiet">{t('noRate')}</span> : null
  return (
    <>
      <Money yuan={of.rate_high ? `${of.rate}~${of.rate_high}` : of.rate} />
      {of.rate_high ? <div className="quiet">{t('rateOpen')}</div> : null}
    </>
  )
}

function BudgetActs({ of }: { of: LedgerFund }) {
  const at = { line: of.line, year: of.year, level: of.level || null }
  return (
    <Space wrap size={4}>
      {(['raise', 'lower'] as const).map((what) => (
        <OpButton
          key={what}
          title={t(what)}
          fields={[AMOUNT, DECISION]}
          act={(op: LedgerBudgetOp) => ledgerBudget({ ...op, ...at, what })}
        />
      ))}
      <OpButton
        title={t('openPool')}
        fields={[POLICY, YEAR]}
        initial={{ year: of.year }}
        act={(op: LedgerPoolOp) =>
          ledgerPool({ ...op, what: 'open', level: at.level, line: of.line, budget_year: of.year })
        }
      />
    </Space>
  )
}

function PoolActs({ of }: { of: LedgerFund }) {
  const at = { policy: of.line, year: of.year }
  return (
    <Space wrap size={4}>
      <OpButton
        title={t('allocate')}
        fields={[AMOUNT]}
        act={(op: LedgerPoolOp) => ledgerPool({ ...op, ...at, what: 'allocate', level: of.level || null })}
      />
      <OpButton
        title={t('rate')}
        fields={[
          { ...AMOUNT, label: 'rateLabel' },
          { name: 'high', label: 'rateHigh', type: 'yuan', free: true },
          DECISION,
        ]}
        act={(op: LedgerTermOp) => ledgerTerm({ ...op, ...at, what: 'rate' })}
      />
    </Space>
  )
}
