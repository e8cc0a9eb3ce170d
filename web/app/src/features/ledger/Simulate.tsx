import './ledger.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { type SettleOutcome, type SettlePart, type SettleTerms, settleSimulate } from '../../api'
import { runs } from '../../api/queries'
import { Answer, Decimal, Money, Nothing, Panel, PlainTable } from '../../ui'
import { RunStatus } from '../../ui/RunStatus'
import { t } from './ledger.words'
import { useRunItems } from './points'

const route = getRouteApi('/inside/ledger')
const TERMS = ['rate', 'floor', 'cap', 'budget'] as const
const DECIMAL = /^\d+(\.\d+)?$/
const MOST = 8

/** A scenario in the address: "100,20,50000,8000000", what is not set left out. */
const termsOf = (text: string): string[] => TERMS.map((_, at) => text.split(',')[at] ?? '')

const sound = (text: string) =>
  termsOf(text).every((one, at) => (one === '' ? at > 0 : DECIMAL.test(one) && !/^0*$/.test(one)))

function asked(text: string): SettleTerms {
  const [rate = '', floor, cap, budget] = termsOf(text)
  return { rate, floor: floor || null, cap: cap || null, budget: budget || null }
}

/** What a settlement would come to, scenario beside scenario. Nothing is written. */
export function Simulate() {
  const { run, item, plans = [] } = route.useSearch()
  const go = route.useNavigate()
  const ready = run !== undefined && item !== undefined && plans.length > 0 && plans.every(sound)
  const answer = useQuery({
    queryKey: ['ledger', 'simulation', run, item, plans],
    queryFn: ({ signal }) =>
      settleSimulate({ run: run!, item: item!, scenarios: plans.map(asked) }, { signal }),
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <>
      <Points />
      <Plans
        key={plans.join(' ')}
        plans={plans.length > 0 ? plans : ['']}
        onPlans={(to) => void go({ search: (was) => ({ ...was, plans: to }) })}
      />
      {ready ? (
        <Answer of={answer}>{(data) => <Compared of={data.scenarios} plans={plans} />}</Answer>
      ) : (
        <Nothing say={t('planNothing')} />
      )}
    </>
  )
}

/** Which run gives the points, and which of its items they are. */
function Points() {
  const { run, item } = route.useSearch()
  const go = route.useNavigate()
  const book = useQuery(runs)
  const { chosen, busy, options } = useRunItems(run)
  return (
    <Panel title={t('whichPoints')} extra={<RunStatus of={run ? [run] : []} />}>
      <div className="filters">
        <Select
          aria-label={t('run')}
          placeholder={t('run')}
          popupMatchSelectWidth={false}
          loading={book.isPending}
          notFoundContent={t('noRuns')}
          value={run ?? null}
          options={(book.data?.runs ?? [])
            .filter((one) => one.subjects != null)
            .map((one) => ({ value: one.run, label: `${one.run} ${one.title} ${one.period}` }))}
          onChange={(to) => void go({ search: (was) => ({ ...was, run: to ?? undefined, item: undefined }) })}
        />
        <Select
          aria-label={t('item')}
          placeholder={t('item')}
          showSearch
          popupMatchSelectWidth={false}
          disabled={chosen === undefined}
          loading={busy}
          value={item ?? null}
          options={options}
          onChange={(to) => void go({ search: (was) => ({ ...was, item: to ?? undefined }) })}
        />
      </div>
    </Panel>
  )
}

function Plans({ plans, onPlans }: { plans: readonly string[]; onPlans: (plans: string[]) => void }) {
  const [rows, setRows] = useState(() => plans.map(termsOf))
  const texts = rows.map((row) => row.join(','))
  const set = (row: number, column: number, to: string) =>
    setRows(rows.map((old, at) => (at === row ? old.map((one, i) => (i === column ? to.trim() : one)) : old)))
  return (
    <Panel
      title={t('plans')}
      extra={
        <Button
          disabled={rows.length >= MOST}
          onClick={() => setRows([...rows, [...(rows.at(-1) ?? termsOf(''))]])}
        >
          {t('addPlan')}
        </Button>
      }
    >
      <PlainTable
        named
        className="plan-terms"
        head={[t('plan'), ...TERMS.map((one) => t(`term_${one}`)), '']}
        rows={rows.map((row, at) => ({
          key: at,
          cells: [
            at + 1,
            ...TERMS.map((term, column) => (
              <Input
                key={term}
                aria-label={`${t('plan')} ${at + 1} ${t(`term_${term}`)}`}
                inputMode="decimal"
                status={row[column] && !DECIMAL.test(row[column]) ? 'error' : ''}
                value={row[column] ?? ''}
                onChange={(event) => set(at, column, event.target.value)}
              />
            )),
            <Button
              key="x"
              disabled={rows.length === 1}
              aria-label={`${t('dropPlan')} ${at + 1}`}
              onClick={() => setRows(rows.filter((_, one) => one !== at))}
            >
              ✕
            </Button>,
          ],
        }))}
      />
      <p className="plan-do">
        <Button type="primary" disabled={!texts.every(sound)} onClick={() => onPlans(texts)}>
          {t('tryPlans')}
        </Button>{' '}
        <span className="quiet">{t('tryNote')}</span>
      </p>
    </Panel>
  )
}

const LINES: readonly [Parameters<typeof t>[0], (of: SettleOutcome) => ReactNode][] = [
  ['payees', (of) => <Decimal value={String(of.payees)} />],
  ['belowFloor', (of) => <Decimal value={String(of.below)} />],
  ['atCap', (of) => <Decimal value={String(of.capped)} />],
  ['pointsCounted', (of) => <Decimal value={of.points} />],
  ['worth', (of) => <Money yuan={of.worth} />],
  ['total', (of) => <Money yuan={of.total} />],
  ['cut', (of) => <Decimal value={of.cut} />],
  ['gini', (of) => <Decimal value={of.gini} />],
  ['top1', (of) => <Decimal value={of.top1} />],
  ['top10', (of) => <Decimal value={of.top10} />],
]

function Compared({ of, plans }: { of: readonly SettleOutcome[]; plans: readonly string[] }) {
  const names = of.map((_, at) => t('planNumber', { n: at + 1 }))
  return (
    <>
      <Panel title={t('compared')}>
        <PlainTable
          named
          label={t('compared')}
          className="plan-figures"
          head={['', ...names]}
          rows={[
            {
              key: 'terms',
              cells: [t('plan'), ...plans.map((one) => <Terms key={one} of={one} />)],
            },
            ...LINES.map(([word, show]) => ({ key: word, cells: [t(word), ...of.map(show)] })),
          ]}
        />
        <p className="quiet">
          {t('decideNote')}{' '}
          <Link to="/ledger" search={{ tab: 'settle' }}>
            {t('settle')}
          </Link>
        </p>
      </Panel>
      <div className="panels">
        <Parts title={t('byTown')} names={names} of={of.map((one) => one.towns)} />
        <Parts title={t('byChain')} names={names} of={of.map((one) => one.chains)} />
      </div>
    </>
  )
}

const Terms = ({ of }: { of: string }) => (
  <>
    {TERMS.map((term, at) => {
      const value = termsOf(of)[at]
      return value ? (
        <div key={term}>
          <span className="quiet">{t(`term_${term}`)}</span> <Decimal value={value} />
        </div>
      ) : null
    })}
  </>
)

function Parts({
  title,
  names,
  of,
}: {
  title: string
  names: readonly string[]
  of: readonly (readonly SettlePart[])[]
}) {
  const groups = [...new Set(of.flatMap((parts) => parts.map((one) => one.name)))]
  return (
    <Panel title={title}>
      <PlainTable
        named
        label={title}
        className="plan-figures"
        head={[title, ...names]}
        rows={groups.map((name) => ({
          key: name,
          cells: [
            name || t('unnamed'),
            ...of.map((parts, at) => (
              <Money key={names[at]} yuan={parts.find((one) => one.name === name)?.amount ?? '0'} />
            )),
          ],
        }))}
      />
    </Panel>
  )
}
