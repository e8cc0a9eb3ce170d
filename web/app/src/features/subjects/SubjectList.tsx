import './subjects.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { type SubjectPage, type SubjectRow, subjectQuery } from '../../api'
import { useKind } from '../../api/queries'
import { grouped } from '../../domain/decimal'
import { Cell, type Column, Grade, ListPage, Loading } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { RunStatus } from '../../ui/RunStatus'
import { WhyLink } from '../../ui/WhyLink'
import type { Picked } from './Batch'
import { Export } from './Export'
import { Filters } from './Filters'
import { isAsking, questionOf, type SubjectSearch } from './search'
import { t } from './subjects.words'
import { byWeight, firstColumns, type KindParts, useKindFields } from './useKindFields'
import { Views } from './Views'

const Batch = lazy(() => import('./Batch').then(({ Batch }) => ({ default: Batch })))

export function SubjectList() {
  const { kind } = useParams({ from: '/inside/subjects/$kind' })
  const parts = useKindFields(kind)
  return parts ? <Known key={kind} kind={kind} parts={parts} /> : <Loading />
}

/** Fields whose values are few: by these a list is narrowed at once. */
const narrowing = (parts: KindParts): string[] =>
  [
    parts.role('chain'),
    parts.role('standing'),
    ...parts.results.filter((one) => one.type === 'choice'),
    ...parts.fields
      .filter(
        (one) =>
          one.type === 'choice' &&
          one.run === 0 &&
          one.role === 'none' &&
          one.period === 'none' &&
          one.protect === 'public',
      )
      .slice(0, 1),
  ].flatMap((one) => (one ? [one.name] : []))

function useList(kind: string, parts: KindParts) {
  const search = useSearch({ from: '/inside/subjects/$kind' })
  const columns = search.cols ?? firstColumns(parts)
  const score = byWeight(parts.results).find((one) => one.type === 'number')
  const sort = search.sort ?? (score ? `-${score.name}` : undefined)
  const question = {
    ...questionOf(search, { year: search.year, at: search.at, field: parts.role('locality')?.name }),
    fields: columns,
    ...(sort && { sort }),
  }
  const facets = narrowing(parts)
  const answer = useQuery({
    queryKey: ['subjects', kind, 'list', question, search.cursor],
    queryFn: ({ signal }) =>
      subjectQuery({ kind }, { ...question, limit: 50, facets, cursor: search.cursor ?? null }, { signal }),
    placeholderData: keepPreviousData,
  })
  return { search, columns, sort, question, answer, facets }
}

function Known({ kind, parts }: { kind: string; parts: KindParts }) {
  const { title } = useKind(kind)
  const navigate = useNavigate({ from: '/subjects/$kind' })
  const { search, columns, sort, question, answer, facets } = useList(kind, parts)
  const [picked, setPicked] = useState<readonly Picked[]>([])
  const place = usePlaceName()
  const go = (part: Partial<SubjectSearch>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...part }) })
  const name = parts.role('name')?.name
  // They stay as one turns pages, sorts and asks otherwise.
  const pick = (ids: readonly string[]) =>
    setPicked((old) =>
      ids.map((id) => {
        const row = answer.data?.rows.find((one) => one.identity === id)
        return old.find((one) => one.id === id) ?? { id, name: (name && row?.cells[name]) || id }
      }),
    )
  const shown = columns.flatMap((name) => columnOf(kind, parts, name, answer.data, place))
  const clear = () => go({ q: undefined, when: undefined, where: undefined, undecided: undefined })
  return (
    <ListPage<SubjectRow, SubjectPage>
      page={{
        title,
        aside: <RunStatus of={runsShown(parts, columns)} />,
        help: 'lists',
        actions: (
          <>
            <Views kind={kind} search={search} onOpen={go} />
            <Export kind={kind} title={title} ask={question} total={answer.data?.total} />
          </>
        ),
      }}
      filters={
        <Filters
          parts={parts}
          narrowing={facets}
          facets={answer.data?.facets ?? []}
          search={search}
          onChange={go}
          onClear={isAsking(search) ? clear : undefined}
        />
      }
      of={answer}
      rows={(data) => data.rows}
      rowKey={(row) => row.identity}
      columns={shown}
      card={(row) => <Card row={row} columns={shown} name={name} />}
      choices={parts.fields.map((one) => ({ key: one.name, title: one.name }))}
      onColumns={(keys) => go({ cols: keys })}
      sort={sort}
      onSort={(to) => go({ sort: to })}
      next={(data) => data.next}
      cursor={search.cursor}
      onCursor={(cursor) => go({ cursor })}
      onClear={isAsking(search) ? clear : undefined}
      count={(data) => <Count data={data} search={search} onChange={go} />}
      picked={picked.map((one) => one.id)}
      onPick={pick}
      batch={
        <Suspense>
          <Batch kind={kind} title={title} parts={parts} picked={picked} columns={columns} />
        </Suspense>
      }
    />
  )
}

/** The runs that the figures of these columns are of. */
const runsShown = (parts: KindParts, columns: readonly string[]): number[] =>
  parts.results.filter((one) => columns.includes(one.name)).map((one) => one.run)

/** On a phone: the name, then the rest in pairs. */
function Card({
  row,
  columns,
  name,
}: {
  row: SubjectRow
  columns: readonly Column<SubjectRow>[]
  name: string | undefined
}) {
  return (
    <>
      <p className="card-name">{columns.find((one) => one.key === name)?.show(row)}</p>
      <dl className="facts">
        {columns
          .filter((one) => one.key !== name)
          .map((one) => (
            <div key={one.key}>
              <dt>
                {one.title} {one.unit ? <span className="unit">{one.unit}</span> : null}
              </dt>
              <dd>{one.show(row)}</dd>
            </div>
          ))}
      </dl>
    </>
  )
}

function Count({
  data,
  search,
  onChange,
}: {
  data: SubjectPage
  search: SubjectSearch
  onChange: (part: Partial<SubjectSearch>) => void
}) {
  return (
    <>
      {t('found', { n: grouped(String(data.total)) })}
      {data.scope === data.total ? null : <span className="quiet">{t('ofScope', { n: data.scope })}</span>}
      {data.undecided > 0 || search.undecided ? (
        <>
          {' '}
          <span className="quiet">{t('undecided', { n: data.undecided })}</span>{' '}
          <Button
            type="link"
            size="small"
            onClick={() => onChange({ undecided: search.undecided ? undefined : true })}
          >
            {search.undecided ? t('decidedOnly') : t('undecidedOnly')}
          </Button>
        </>
      ) : null}
    </>
  )
}

/** A column as the server names it: a yearly field is asked for without its year and told with one. */
function columnOf(
  kind: string,
  parts: KindParts,
  name: string,
  page: SubjectPage | undefined,
  place: (code: string) => string,
): Column<SubjectRow>[] {
  const field = parts.fields.find((one) => one.name === name.split('@')[0])
  const told = page?.columns.find((one) => one.name === name || one.name.startsWith(`${name}@`))
  if (!field) return []
  const key = told?.name ?? name
  const figure = field.type === 'number'
  return [
    {
      key: name,
      title: key,
      unit: told?.unit || field.unit || (field.run === 0 ? undefined : field.note), // among whom it is a rank
      figure,
      sortable: true,
      width: field.role === 'name' ? 300 : field.role === 'id' ? 200 : 132,
      fixed: field.role === 'name',
      show: (row) => {
        const value = row.cells[key]
        if (field.role === 'name' || field.role === 'id')
          return (
            <Link to="/subjects/$kind/$id" params={{ kind, id: row.identity }}>
              {value ?? row.identity}
            </Link>
          )
        if (field.role === 'locality') return value ? place(value) : <Cell value={value} />
        const shown =
          field.run !== 0 && field.type === 'choice' && value ? (
            <Grade value={value} />
          ) : (
            <Cell value={value} type={field.type} />
          )
        return field.run === 0 || value == null ? (
          shown
        ) : (
          <WhyLink run={field.run} id={row.identity} item={field.name} value={value}>
            {shown}
          </WhyLink>
        )
      },
    },
  ]
}
