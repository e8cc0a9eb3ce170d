import './cases.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Segmented, Select } from 'antd'
import { type CaseMeasures, caseMeasured, caseMeasures, type MeasureCount } from '../../api'
import { typesOfCases } from '../../api/queries'
import { Answer, Decimal, Nothing, Page, Panel, PlainTable } from '../../ui'
import { usePlaceName, usePlaces } from '../../ui/places'
import { t } from './measures.words'

const route = getRouteApi('/inside/measures')
const GROUPS = ['category', 'locality', 'month'] as const
const YEARS = [0, 1, 2, 3, 4, 5]

/** What is looked at, without the number that was asked about. */
const kept = ({ type, by, locality, year }: ReturnType<typeof route.useSearch>) => ({
  type,
  by,
  locality,
  year,
})

/** How a type of cases goes: what its document measures, and the cases behind each number. */
export function Measures() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const known = useQuery(typesOfCases)
  const names = (known.data?.types ?? []).map((one) => one.type)
  const type = search.type ?? names.find((one) => one === t('first')) ?? names[0]
  const by = search.by ?? 'whole'
  const places = usePlaces()
  const only = { category: null, locality: search.locality ?? null, month: search.year ?? null }
  const answer = useQuery({
    queryKey: ['cases', 'measures', type, by, only],
    queryFn: ({ signal }) => caseMeasures({ type: type ?? '', by, ...only }, { signal }),
    enabled: type !== undefined,
  })
  return (
    <Page title={t('measures')} help="officer#cases">
      <p className="quiet">{t('note')}</p>
      <div className="filters">
        <Select
          aria-label={t('type')}
          popupMatchSelectWidth={false}
          value={type ?? null}
          options={names.map((value) => ({ value, label: value }))}
          onChange={(next) => void go({ search: { ...kept(search), type: next ?? undefined } })}
        />
        <Select
          aria-label={t('locality')}
          placeholder={t('locality')}
          allowClear
          popupMatchSelectWidth={false}
          value={search.locality ?? null}
          options={places.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(next) => void go({ search: { ...kept(search), locality: next ?? undefined } })}
        />
        <Select
          aria-label={t('year')}
          placeholder={t('year')}
          allowClear
          value={search.year ?? null}
          options={YEARS.map((back) => String(new Date().getFullYear() - back)).map((value) => ({ value }))}
          onChange={(next) => void go({ search: { ...kept(search), year: next ?? undefined } })}
        />
        <Segmented
          aria-label={t('by')}
          value={by}
          options={(['whole', ...GROUPS] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(next) =>
            void go({ search: { ...kept(search), by: GROUPS.find((one) => one === next) } })
          }
        />
      </div>
      <Answer of={answer}>
        {(data) => (
          <>
            <p className="quiet">
              {t('seen', { n: data.seen, day: data.today, document: data.document, version: data.version })}
            </p>
            <Behind type={data.type} />
            {data.measures.length === 0 ? <Nothing say={t('nothing')} /> : <Groups of={data} />}
            {data.states.length > 0 ? <States of={data} /> : null}
          </>
        )}
      </Answer>
    </Page>
  )
}

/** Whole: a row a measure; by groups: a row a group. */
function Groups({ of }: { of: CaseMeasures }) {
  const { by } = route.useSearch()
  const placeName = usePlaceName()
  const named = (key: string) => (key === '' ? t('none') : by === 'locality' ? placeName(key) : key)
  if (!by)
    return (
      <Panel title={of.type}>
        <PlainTable
          named
          className="measures"
          label={t('measures')}
          rows={of.measures.map((one, at) => ({
            key: one.name,
            cells: [
              one.name,
              <div key="f">
                <Figure of={of.groups[0]?.counts[at]} measure={one.name} group="" />
                <div className="quiet">
                  {t('how', { from: one.from, to: one.to })} {one.note}
                </div>
              </div>,
            ],
          }))}
        />
      </Panel>
    )
  return (
    <PlainTable
      named
      className="measures"
      label={t('measures')}
      head={[by === 'category' ? of.category || t(by) : t(by), ...of.measures.map((one) => one.name)]}
      rows={of.groups.map((group) => ({
        key: group.key,
        cells: [
          named(group.key),
          ...of.measures.map((one, at) => (
            <Figure key={one.name} of={group.counts[at]} measure={one.name} group={group.key} />
          )),
        ],
      }))}
    />
  )
}

function figureOf(of: MeasureCount): string {
  if (of.sum != null) return of.sum
  if (of.share != null) return of.most != null && of.open > 0 ? `${of.share}~${of.most}%` : `${of.share}%`
  return of.median == null ? '' : t('days', { n: of.median })
}

function Figure({ of, measure, group }: { of: MeasureCount | undefined; measure: string; group: string }) {
  const search = route.useSearch()
  if (!of || of.of === 0) return <span className="quiet">—</span>
  const to = (part: 'of' | 'hit' | 'open', says: string) => (
    <Link
      to="/measures"
      aria-label={`${measure} ${group} ${says}`}
      search={{ ...kept(search), measure, part, key: group || undefined }}
    >
      {says}
    </Link>
  )
  return (
    <span className="measure">
      <b>{figureOf(of)}</b>{' '}
      {of.longest != null ? <span className="quiet">{t('longest', { n: of.longest })} </span> : null}
      {to('hit', t('hit', { n: of.hit }))} {to('of', t('of', { n: of.of }))}{' '}
      {of.open > 0 ? to('open', t('open', { n: of.open })) : null}
    </span>
  )
}

function States({ of }: { of: CaseMeasures }) {
  const search = route.useSearch()
  return (
    <Panel title={t('states')}>
      <PlainTable
        named
        className="measures"
        label={t('states')}
        head={[t('state'), t('median'), t('most'), t('left'), t('now'), t('waiting')]}
        rows={of.states.map((one) => ({
          key: one.state,
          cells: [
            one.state,
            one.median,
            one.longest,
            <Decimal key="l" value={String(one.left)} />,
            one.now > 0 ? (
              <Link
                key="n"
                to="/measures"
                aria-label={`${one.state} ${one.now}`}
                search={{ ...kept(search), state: one.state }}
              >
                {one.now}
              </Link>
            ) : (
              0
            ),
            one.waiting,
          ],
        }))}
      />
    </Panel>
  )
}

/** The cases behind the number that was asked about. */
function Behind({ type }: { type: string }) {
  const search = route.useSearch()
  const { by, measure, part, state, key, locality, year, before } = search
  const go = route.useNavigate()
  const asked = measure !== undefined || state !== undefined
  const answer = useQuery({
    queryKey: ['cases', 'measured', type, by, measure, part, state, key, locality, year, before],
    queryFn: ({ signal }) =>
      caseMeasured(
        {
          type,
          measure: measure ?? null,
          part: part ?? null,
          state: state ?? null,
          by: by && !state ? by : 'whole',
          key: key ?? null,
          category: null,
          locality: locality ?? null,
          month: year ?? null,
          before: before ?? null,
        },
        { signal },
      ),
    enabled: asked,
  })
  if (!asked) return null
  const what = [measure ?? state, key, part && part !== 'of' ? t(part === 'hit' ? 'came' : 'undecided') : '']
    .filter(Boolean)
    .join(' ')
  return (
    <Panel
      title={t('behind', { what })}
      extra={<Button onClick={() => void go({ search: kept(search) })}>{t('close')}</Button>}
    >
      <Answer of={answer}>
        {(data) => (
          <>
            <PlainTable
              label={t('behind', { what })}
              rows={data.cases.map((one) => ({
                key: one.number,
                cells: [
                  <Link key="n" to="/cases/$number" params={{ number: String(one.number) }}>
                    {one.number}
                  </Link>,
                  one.title || one.type,
                  one.name || one.id,
                  one.state,
                ],
              }))}
            />
            {data.next ? (
              <Button
                onClick={() => void go({ search: (was) => ({ ...was, before: data.next ?? undefined }) })}
              >
                {t('older')}
              </Button>
            ) : null}
          </>
        )}
      </Answer>
    </Panel>
  )
}
