/** A question condition by condition: groups of which all or any must hold, or must not; what it finds stands below. */
import './data.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { type KindField, type SubjectQuery, subjectQuery, useMay, viewAdd } from '../../api'
import { kindFields, kinds, views } from '../../api/queries'
import { addressOf, conditionOf, EMPTY, type Group, groupOf, type Keywords } from '../../domain/question'
import { Answer, Cell, Decimal, Panel, PlainTable, useAct } from '../../ui'
import { NoKinds } from '../../ui/NoKinds'
import { usePlaceName } from '../../ui/places'
import { GroupBox } from './GroupBox'
import { t } from './queries.words'
import { Spread } from './Spread'

const route = getRouteApi('/inside/queries')
const FIRST = 10

export default function Builder() {
  const { kind, ask, where, q } = route.useSearch()
  const go = route.useNavigate()
  const all = useQuery(kinds)
  return (
    <>
      <Panel>
        <div className="filters">
          <Select
            aria-label={t('ofKind')}
            placeholder={t('ofKind')}
            className="import-kind"
            loading={all.isPending}
            value={kind ?? null}
            options={(all.data?.kinds ?? [])
              .filter((one) => one.seen)
              .map((one) => ({ value: one.kind, label: one.title }))}
            onChange={(next) => void go({ search: { kind: next ?? undefined } })}
          />
        </div>
        {kind ? (
          <Conditions key={kind} kind={kind} ask={ask} where={where} q={q} />
        ) : all.data?.kinds.length === 0 ? (
          <NoKinds />
        ) : (
          <p>{t('chooseKind')}</p>
        )}
      </Panel>
    </>
  )
}

/** As the one who reads the condition would write it. */
const KEYWORDS = (): Keywords => ({
  and: t('and'),
  or: t('or'),
  not: t('notKey'),
  in: t('in'),
  missing: t('isMissing'),
  starts: t('starts'),
  yes: t('yes'),
  no: t('no'),
})

interface Asked {
  kind: string
  ask: unknown[] | undefined
  where: string | undefined
  q: string | undefined
}

function Conditions({ kind, ask, where, q }: Asked) {
  const go = route.useNavigate()
  const answer = useQuery(kindFields(kind))
  const group = groupOf(ask) ?? EMPTY
  const set = (next: Group) => void go({ search: (was) => ({ ...was, ask: addressOf(next) }), replace: true })
  return (
    <Answer of={answer}>
      {(data) => {
        const fields = data.fields.filter((one) => one.shown)
        const built = conditionOf(group, (name) => fields.find((one) => one.name === name)?.type, KEYWORDS())
        const text = [built, where].filter(Boolean)
        const condition =
          text.length > 1 ? text.map((one) => `(${one})`).join(` ${t('and')} `) : (text[0] ?? '')
        const query: SubjectQuery = { ...(condition && { where: condition }), ...(q && { q }) }
        return (
          <>
            <GroupBox of={group} fields={fields} onChange={set} />
            <div className="query-more">
              <Line
                label={t('names')}
                value={q}
                onDone={(to) => void go({ search: (was) => ({ ...was, q: to }), replace: true })}
              />
              <Line
                label={t('typed')}
                value={where}
                onDone={(to) => void go({ search: (was) => ({ ...was, where: to }), replace: true })}
              />
            </div>
            <Found kind={kind} query={query} fields={fields} />
          </>
        )
      }}
    </Answer>
  )
}

/** Counts when one leaves it or presses Enter. */
function Line({
  label,
  value,
  onDone,
}: {
  label: string
  value: string | undefined
  onDone: (to: string | undefined) => void
}) {
  const done = (text: string) => text.trim() !== (value ?? '') && onDone(text.trim() || undefined)
  return (
    <Input
      key={value}
      addonBefore={label}
      aria-label={label}
      defaultValue={value}
      onBlur={(event) => done(event.target.value)}
      onPressEnter={(event) => done(event.currentTarget.value)}
    />
  )
}

/** How many it finds, the first of them, how a figure is spread among them; to be opened as a list, or kept. */
function Found({ kind, query, fields }: { kind: string; query: SubjectQuery; fields: readonly KindField[] }) {
  const place = usePlaceName()
  const locality = fields.find((one) => one.role === 'locality')?.name
  const shown = fields
    .filter((one) => ['name', 'locality', 'chain', 'standing'].includes(one.role))
    .map((one) => one.name)
  const answer = useQuery({
    queryKey: ['subjects', kind, 'built', query],
    queryFn: ({ signal }) => subjectQuery({ kind }, { ...query, limit: FIRST, fields: shown }, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="query-found">
      {query.where ? (
        <p>
          <span className="quiet">{t('asText')}</span> <code className="query-text">{query.where}</code>
        </p>
      ) : null}
      <Answer of={answer}>
        {(data) => (
          <div aria-busy={answer.isFetching} className={answer.isPlaceholderData ? 'stale' : undefined}>
            <p role="status" className="query-count">
              {t('found')} <Decimal value={String(data.total)} />
              {data.undecided > 0 ? (
                <span className="quiet"> {t('undecided', { n: data.undecided })}</span>
              ) : null}
            </p>
            <p>
              <Link
                to="/subjects/$kind"
                params={{ kind }}
                search={{ q: query.q ?? undefined, where: query.where ?? undefined }}
              >
                {t('openList')}
              </Link>
            </p>
            <PlainTable
              label={t('firstRows')}
              head={data.columns.map((one) => one.name)}
              rows={data.rows.map((row) => ({
                key: row.identity,
                cells: data.columns.map(({ name }) =>
                  name === shown[0] ? (
                    <Link key={name} to="/subjects/$kind/$id" params={{ kind, id: row.identity }}>
                      {row.cells[name] || row.identity}
                    </Link>
                  ) : (
                    <Cell
                      key={name}
                      value={name === locality ? place(row.cells[name] ?? '') : (row.cells[name] ?? null)}
                    />
                  ),
                ),
              }))}
            />
          </div>
        )}
      </Answer>
      <Keep kind={kind} query={query} />
      <Spread kind={kind} query={query} fields={fields} />
    </div>
  )
}

function Keep({ kind, query }: { kind: string; query: SubjectQuery }) {
  const [title, setTitle] = useState('')
  const keep = useAct(viewAdd, { done: t('keptNow'), refresh: [views.queryKey], after: () => setTitle('') })
  if (!useMay('view_add')) return null
  return (
    <div className="query-more">
      <Input
        value={title}
        maxLength={100}
        placeholder={t('keepAs')}
        aria-label={t('keepAs')}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button
        disabled={title.trim() === ''}
        loading={keep.busy}
        onClick={() => keep.run({ kind, title: title.trim(), query })}
      >
        {t('keep')}
      </Button>
    </div>
  )
}
