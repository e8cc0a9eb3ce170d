import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Segmented, Select } from 'antd'
import { type CockpitMover, type Run, type RunDetail, type RunMovers, runMovers } from '../../api'
import { runs } from '../../api/queries'
import { stem } from '../../domain/runs'
import { Answer, Decimal, Delta, List, Nothing, Panel, pick } from '../../ui'
import { usePlaceName, usePlaces } from '../../ui/places'
import { WhyLink } from '../../ui/WhyLink'
import { t } from './movers.words'
import { type MoversSearch, WAYS } from './routes'

const route = getRouteApi('/inside/runs/$run')
const PAGE = 50

/** Everybody who moved against another run, a page at a time, and why. */
export function Movers({ of }: { of: RunDetail }) {
  const search = route.useSearch()
  const all = useQuery(runs)
  const others = (all.data?.runs ?? []).filter(
    (one) =>
      one.kind === of.kind &&
      one.run !== of.run &&
      one.subjects != null &&
      stem(one.title) === stem(of.title),
  )
  const against = search.against ?? before(others, of)
  return (
    <Panel wide title={t('movers')}>
      <Answer of={all}>
        {() =>
          against === undefined ? (
            <Nothing say={t('noBefore')} />
          ) : (
            <Known of={of} others={others} against={against} search={search} />
          )
        }
      </Answer>
    </Panel>
  )
}

/** The run of the same document that came before and stands; else the one that this one corrects. */
const before = (others: readonly Run[], of: RunDetail): number | undefined =>
  others
    .filter((one) => one.period < of.period && one.state !== 'replaced' && one.state !== 'withdrawn')
    .sort((a, b) => b.period - a.period || b.run - a.run)[0]?.run ??
  (of.replaces || undefined)

interface Props {
  of: RunDetail
  others: readonly Run[]
  against: number
  search: MoversSearch
}

function Known({ of, others, against, search }: Props) {
  const go = route.useNavigate()
  const place = usePlaceName()
  const places = usePlaces()
  const set = (part: MoversSearch) =>
    void go({ search: (was) => ({ ...was, after: undefined, ...part }), replace: true })
  const answer = useQuery({
    queryKey: ['runs', of.run, 'movers', against, search.way, search.locality, search.after],
    queryFn: ({ signal }) =>
      runMovers(
        {
          run: of.run,
          against,
          way: search.way ?? null,
          locality: search.locality ?? null,
          after: search.after ?? null,
          limit: PAGE,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 600_000,
  })
  const n = answer.data
  return (
    <>
      <div className="filters">
        <Select
          aria-label={t('against')}
          value={against}
          popupMatchSelectWidth={false}
          options={others.map((one) => ({ value: one.run, label: t('againstRun', { title: one.title }) }))}
          onChange={(to: number) => set({ against: to })}
        />
        <Select
          aria-label={t('locality')}
          value={search.locality ?? ''}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('anyLocality') },
            ...places.map((one) => ({ value: one.code, label: one.name })),
          ]}
          onChange={(to) => set({ locality: to || undefined })}
        />
        <Segmented
          aria-label={t('way')}
          value={search.way ?? ''}
          options={[
            { value: '', label: t('anyWay') },
            { value: 'up', label: t('up', { n: n?.up ?? '…' }) },
            { value: 'down', label: t('down', { n: n?.down ?? '…' }) },
          ]}
          onChange={(to) => set({ way: WAYS.find((one) => one === to) })}
        />
      </div>
      <List<CockpitMover, RunMovers>
        of={answer}
        rows={(data) => data.movers}
        rowKey={(one) => one.identity}
        nothing={t('noMovers')}
        count={(data) => t('others', { same: data.same, fresh: data.new, gone: data.gone, open: data.open })}
        next={(data) => (data.next == null ? null : String(data.next))}
        cursor={search.after ? String(search.after) : undefined}
        onCursor={(to) => set({ after: to ? Number(to) : undefined })}
        columns={[
          {
            key: 'name',
            title: t('subject'),
            width: 260,
            show: (one) => (
              <Link to="/subjects/$kind/$id" params={{ kind: of.kind, id: one.identity }}>
                {one.name || one.identity}
              </Link>
            ),
          },
          { key: 'locality', title: t('locality'), width: 130, show: (one) => place(one.locality) },
          {
            key: 'score',
            title: n?.score ?? t('score'),
            figure: true,
            width: 190,
            show: (one) => (
              <>
                <Decimal value={one.score_before} /> →{' '}
                <WhyLink run={of.run} id={one.identity} item={n?.score} value={one.score_now}>
                  <Decimal value={one.score_now} />
                </WhyLink>
              </>
            ),
          },
          {
            key: 'change',
            title: t('change'),
            figure: true,
            width: 110,
            show: (one) => <Delta was={one.score_before} becomes={one.score_now} />,
          },
          {
            key: 'rank',
            title: t('rank'),
            figure: true,
            width: 130,
            show: (one) =>
              one.rank_before == null || one.rank_now == null ? null : (
                <span className="num">{`${one.rank_before} → ${one.rank_now}`}</span>
              ),
          },
          { key: 'why', title: t('moverWhy'), width: 320, show: (one) => pick([one.reason, one.reason_en]) },
        ]}
      />
    </>
  )
}
