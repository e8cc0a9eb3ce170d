/** What came about of a subject, of all that the server tells of it, as one stream. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import {
  type Appeal,
  type CaseRow,
  type Consent,
  caseList,
  consentList,
  type Fact,
  type LedgerLine,
  type Run,
  type RunDetail,
  runReceipt,
  type SubjectProfile,
  save,
  subjectLedger,
  useMay,
  useMe,
} from '../../api'
import { history, run as runOf, runs, usePolicyName } from '../../api/queries'
import { inWords } from '../../domain/explanation'
import { Decimal, Grade, Moment, Money, StatusBadge, useAct } from '../../ui'
import { WhyLink } from '../../ui/WhyLink'
import type { Sort } from './routes'
import { t as s } from './stream.words'
import { t } from './subjects.words'
import { useKindFields } from './useKindFields'

/** A report of a fact, and what had been reported of it before. */
interface Report {
  fact: Fact
  was: Fact | undefined
}
interface Came {
  run: Run
  figures: { field: string; value: string; grade: boolean }[]
}

type What =
  | { sort: 'facts'; of: readonly Report[] }
  | { sort: 'runs'; of: Came }
  | { sort: 'appeals'; of: Appeal & { run: number } }
  | { sort: 'cases'; of: CaseRow }
  | { sort: 'money'; of: LedgerLine }
  | { sort: 'consents'; of: Consent }

/** `at`: a day, or a moment. */
export type Entry = What & { key: string; at: string; sort: Sort }

const MOST_LINES = 2000
const MOST_CASES = 200
/** Runs of the kind that are looked into, the newest. */
const MOST_RUNS = 12

export function useStream(subject: SubjectProfile) {
  const { kind, identity: id } = subject
  const may = {
    money: useMay('subject_ledger'),
    cases: useMay('case_list'),
    consents: useMay('consent_list'),
  }
  const own = useMe().subject_id === id
  const facts = useQuery(history(kind, id))
  const cases = useQuery({
    queryKey: ['cases', 'of', id, MOST_CASES],
    queryFn: ({ signal }) => caseList({ id, limit: MOST_CASES }, { signal }),
    enabled: may.cases,
  })
  const money = useQuery({
    queryKey: ['subjects', kind, 'ledger', id, MOST_LINES],
    queryFn: ({ signal }) => subjectLedger({ kind, id, limit: MOST_LINES }, { signal }),
    enabled: may.money,
  })
  const consents = useQuery({
    queryKey: ['consents'],
    queryFn: ({ signal }) => consentList({ signal }),
    enabled: may.consents && own,
  })
  const came = useRuns(subject)
  const all = [
    facts,
    ...(may.cases ? [cases] : []),
    ...(may.money ? [money] : []),
    ...(own ? [consents] : []),
  ]
  const bad = all.find((one) => one.error)
  const entries: Entry[] = [
    ...reports(facts.data?.facts ?? []),
    ...came.entries,
    ...(cases.data?.cases ?? []).map(
      (of): Entry => ({ sort: 'cases', of, at: of.opened, key: `case ${of.number}` }),
    ),
    ...(money.data?.lines ?? []).map(
      (of, i): Entry => ({ sort: 'money', of, at: of.day, key: `money ${of.operation} ${i}` }),
    ),
    ...(consents.data?.consents ?? []).map(
      (of): Entry => ({ sort: 'consents', of, at: of.at, key: `consent ${of.consent}` }),
    ),
  ]
  return {
    entries: entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)),
    busy: came.busy || all.some((one) => one.isLoading),
    failed: bad && { cause: bad.error, again: () => void bad.refetch() },
  }
}

/** One entry an act. */
function reports(facts: readonly Fact[]): Entry[] {
  const last = new Map<string, Fact>()
  const by = new Map<number, Report[]>()
  for (const fact of facts.toSorted((a, b) => a.act - b.act)) {
    by.set(fact.act, [...(by.get(fact.act) ?? []), { fact, was: last.get(fact.column) }])
    last.set(fact.column, fact)
  }
  return [...by].map(([act, of]) => ({ sort: 'facts', of, at: of[0]!.fact.at, key: `act ${act}` }))
}

const TOLD: readonly Run['state'][] = ['notice', 'final', 'settled', 'replaced']

/** Runs that were published and what it came to in each, and its appeals. */
function useRuns({ kind, identity: id }: SubjectProfile) {
  const parts = useKindFields(kind)
  const list = useQuery(runs)
  const of = (list.data?.runs ?? [])
    .filter((one) => one.kind === kind && TOLD.includes(one.state))
    .sort((a, b) => b.run - a.run)
    .slice(0, MOST_RUNS)
  const details = useQueries({ queries: of.map((one) => ({ ...runOf(one.run), retry: false })) })
  const receipts = useQueries({
    queries: of.map((one) => ({
      queryKey: ['runs', one.run, 'receipt', id],
      queryFn: () => runReceipt({ run: one.run, id }),
      retry: false,
      staleTime: 600_000,
    })),
  })
  const told = parts?.results.filter((one) => one.role !== 'none') ?? []
  const entries = of.flatMap((run, i): Entry[] => {
    const detail = details[i]?.data
    const values = receipts[i]?.data?.values
    const figures = told.flatMap(({ name, role }) =>
      values?.[name] == null ? [] : [{ field: name, value: values[name], grade: role === 'grade' }],
    )
    return [
      ...(values
        ? [
            {
              sort: 'runs' as const,
              of: { run, figures },
              at: publishedAt(detail) ?? run.day,
              key: `run ${run.run}`,
            },
          ]
        : []),
      ...(detail?.appeals ?? [])
        .filter((one) => one.identity === id)
        .map((one) => ({
          sort: 'appeals' as const,
          of: { ...one, run: run.run },
          at: one.at,
          key: `appeal ${one.appeal}`,
        })),
    ]
  })
  const busy = list.isLoading || details.some((one) => one.isLoading) || receipts.some((one) => one.isLoading)
  return { entries, busy }
}

const publishedAt = (of: RunDetail | undefined) => of?.steps.find((one) => one.state === 'notice')?.at

/** One entry in words, with the way to where it is all told. */
export function Told({ of, id, onFact }: { of: Entry; id: string; onFact: (column: string) => void }) {
  switch (of.sort) {
    case 'facts':
      return <Reported of={of.of} onFact={onFact} />
    case 'runs':
      return <Ran {...of.of} at={of.at} id={id} />
    case 'appeals':
      return <Appealed of={of.of} />
    case 'cases':
      return (
        <Head at={of.at} what={s('sort_cases')}>
          <Link to="/cases/$number" params={{ number: String(of.of.number) }}>
            {of.of.title || of.of.type}
          </Link>{' '}
          <Tag>{of.of.state}</Tag>
        </Head>
      )
    case 'money':
      return <Moved of={of.of} />
    case 'consents':
      return (
        <Head at={of.at} what={s('sort_consents')}>
          <Link to="/mine">{of.of.organisation}</Link> {of.of.purpose}{' '}
          <span className="quiet">
            {of.of.ended
              ? s('consentEnded', { at: of.of.ended.slice(0, 10) })
              : s('consentUntil', { at: of.of.until.slice(0, 10) })}
          </span>
        </Head>
      )
  }
}

const Head = ({ at, what, children }: { at: string; what: string; children: ReactNode }) => (
  <div className="stream-head">
    <Moment at={at} /> <strong>{what}</strong> {children}
  </div>
)

function Reported({ of, onFact }: { of: readonly Report[]; onFact: (column: string) => void }) {
  const { source, actor, reporter, at, act, row } = of[0]!.fact
  const changed = of.filter(({ fact, was }) => was && was.value !== fact.value)
  const others = of.filter((one) => !changed.includes(one))
  return (
    <>
      <Head at={at} what={s('sort_facts')}>
        {source} <span className="quiet">{reporter === actor ? actor : `${reporter} / ${actor}`}</span>{' '}
        {row ? <span className="quiet">{s('fromRow', { n: row })} </span> : null}
        <ActLink n={act} />
      </Head>
      <Values of={changed} onFact={onFact} />
      {others.length > 0 ? (
        <details>
          <summary>{s('reports', { n: others.length })}</summary>
          <Values of={others} onFact={onFact} />
        </details>
      ) : null}
      {of
        .filter(({ fact }) => fact.verdict !== 'none')
        .map(({ fact }) => (
          <div key={fact.line + fact.column}>
            <Tag color={fact.verdict === 'returned' ? 'red' : 'green'}>{s(`verdict_${fact.verdict}`)}</Tag>
            {inWords(fact.column)} {fact.why} <span className="quiet">{fact.judge}</span>
          </div>
        ))}
    </>
  )
}

const Values = ({ of, onFact }: { of: readonly Report[]; onFact: (column: string) => void }) => (
  <ul className="history-facts">
    {of.map(({ fact, was }) => (
      <li key={fact.line + fact.column}>
        <Button type="link" size="small" className="fact" onClick={() => onFact(fact.column)}>
          {inWords(fact.column)}
        </Button>{' '}
        <span className="num">
          {was && was.value !== fact.value ? `${was.value ?? '—'} → ` : ''}
          <strong>{fact.value ?? '—'}</strong> {fact.value?.endsWith(fact.unit) ? '' : fact.unit}
        </span>
      </li>
    ))}
  </ul>
)

function Ran({ run, figures, at, id }: Came & { at: string; id: string }) {
  return (
    <>
      <Head at={at} what={s('sort_runs')}>
        <Link to="/runs/$run" params={{ run: String(run.run) }}>
          {run.title}
        </Link>{' '}
        <StatusBadge status={run.status} /> <Tag>{run.state_name}</Tag>
      </Head>
      {figures.map((one) => (
        <span key={one.field} className="glance-figure">
          {one.field}{' '}
          <WhyLink run={run.run} id={id} item={one.field} value={one.value}>
            {one.grade ? <Grade value={one.value} /> : <Decimal value={one.value} />}
          </WhyLink>
        </span>
      ))}
    </>
  )
}

const Appealed = ({ of }: { of: Appeal & { run: number } }) => (
  <Head at={of.at} what={s('sort_appeals')}>
    <Link to="/runs/$run" params={{ run: String(of.run) }} search={{ tab: 'appeals' }}>
      {of.text}
    </Link>{' '}
    <Tag>{s(`appeal_${of.verdict}`)}</Tag> <span className="quiet">{of.why}</span>
  </Head>
)

function Moved({ of }: { of: LedgerLine }) {
  const policyName = usePolicyName()
  return (
    <Head at={of.day} what={of.kind}>
      {of.unit === 'yuan' ? <Money yuan={of.amount} /> : <Decimal value={of.amount} unit={t('points')} />}{' '}
      {policyName(of.policy)} {of.year || ''}{' '}
      <span className="quiet">
        {of.from} → {of.to} {of.decision || of.note}
      </span>{' '}
      <Receipt of={of.receipt} /> <ActLink n={of.operation} />
    </Head>
  )
}

/** The result that an operation stands on. */
export function Receipt({ of }: { of: string }) {
  const [run, id] = of.split('/')
  return useMay('explain') && run && id && /^\d+$/.test(run) ? (
    <>
      <Link to="/explain/$run/$id" params={{ run, id }}>
        {s('receipt', { n: run })}
      </Link>{' '}
      <TakeReceipt run={Number(run)} id={id} />
    </>
  ) : null
}

/** The receipt as the server gives it, to be kept and checked elsewhere. */
function TakeReceipt({ run, id }: { run: number; id: string }) {
  const take = useAct(
    async () => {
      const text = JSON.stringify(await runReceipt({ run, id }), null, 2)
      save(new Blob([text], { type: 'application/json' }), `receipt-${run}-${id}.json`)
    },
    { done: '' },
  )
  return (
    <Button
      type="link"
      size="small"
      className="no-print"
      loading={take.busy}
      onClick={() => take.run(undefined)}
    >
      {s('takeReceipt')}
    </Button>
  )
}

/** An operation 12-0 is the first of act 12; acts are for those who watch them. */
export const ActLink = ({ n }: { n: number | string }) =>
  useMay('act_get') ? (
    <Link to="/acts/$act" params={{ act: String(n).split('-')[0]! }}>
      {t('asOf', { n })}
    </Link>
  ) : (
    <span className="quiet">{t('asOf', { n })}</span>
  )
