import './public.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { type PublicResult, type PublicRun, publicPlaces, publicResults } from '../../api'
import { grouped } from '../../domain/decimal'
import { Answer, Decimal, Grade, Nothing, Page } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { published } from './PublicRuns'
import { t } from './public.words'

/** Who got what, as the notice shows it: cards on any width, so that it reads on a phone. */
export function PublicResults() {
  const { run } = useParams({ from: '/outside/public/runs/$run' })
  const { q, grade, at } = useSearch({ from: '/outside/public/runs/$run' })
  const go = useNavigate({ from: '/public/runs/$run' })
  const runs = useQuery(published)
  const of = runs.data?.runs.find((one) => one.run === Number(run))
  const answer = useInfiniteQuery({
    queryKey: ['public', 'results', run, q, grade, at],
    queryFn: ({ signal, pageParam }) =>
      publicResults(
        {
          run: Number(run),
          limit: 50,
          ...(q && { q }),
          ...(grade && { grade }),
          ...(at && { locality: at }),
          ...(pageParam && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
  return (
    <PublicFrame>
      <Page
        help="public#results"
        title={of?.title ?? t('runs')}
        status={of?.status}
        aside={<Link to="/public">{t('back')}</Link>}
      >
        {of ? (
          <>
            <p>
              {of.state_name} · {t('period', { first: of.first_day, last: of.last_day })}
            </p>
            {of.notice ? <p className="quiet public-notice">{of.notice}</p> : null}
            <Asked of={of} />
          </>
        ) : null}
        <Answer
          of={answer}
          empty={(data) => data.pages[0]?.results.length === 0}
          nothing={<Nothing onClear={q || grade || at ? () => void go({ search: {} }) : undefined} />}
        >
          {(data) => (
            <>
              <p className="quiet">{t('found', { n: grouped(String(data.pages[0]?.total ?? 0)) })}</p>
              <ul className="public-results">
                {data.pages
                  .flatMap((page) => page.results)
                  .map((one) => (
                    <Result key={one.identity} of={one} among={of?.among ?? ''} />
                  ))}
              </ul>
              {answer.hasNextPage ? (
                <Button loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
                  {t('more')}
                </Button>
              ) : null}
            </>
          )}
        </Answer>
      </Page>
    </PublicFrame>
  )
}

function Asked({ of }: { of: PublicRun }) {
  const places = useQuery({
    queryKey: ['public', 'places'],
    queryFn: ({ signal }) => publicPlaces({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { q, grade, at } = useSearch({ from: '/outside/public/runs/$run' })
  const go = useNavigate({ from: '/public/runs/$run' })
  return (
    <div className="public-asked">
      <Input.Search
        aria-label={t('search')}
        placeholder={t('search')}
        key={q ?? ''}
        defaultValue={q}
        allowClear
        onSearch={(text) => void go({ search: (was) => ({ ...was, q: text || undefined }) })}
      />
      <Select
        aria-label={t('place')}
        value={at ?? ''}
        popupMatchSelectWidth={false}
        onChange={(value) => void go({ search: (was) => ({ ...was, at: value || undefined }) })}
        options={[
          { value: '', label: t('anyPlace') },
          ...(places.data?.places ?? []).map((one) => ({ value: one.code, label: one.name })),
        ]}
      />
      {of.grade ? (
        <Select
          aria-label={t('grade')}
          value={grade ?? ''}
          popupMatchSelectWidth={false}
          onChange={(value) => void go({ search: (was) => ({ ...was, grade: value || undefined }) })}
          options={[
            { value: '', label: t('anyGrade') },
            ...of.grades.map((one) => ({ value: one.value, label: one.value })),
          ]}
        />
      ) : null}
    </div>
  )
}

function Result({ of, among }: { of: PublicResult; among: string }) {
  return (
    <li>
      <div>
        <strong>{of.name || of.identity}</strong>
        <span className="quiet num">
          {of.identity} · {of.place}
        </span>
      </div>
      <div className="public-figures">
        {of.grade ? <Grade value={of.grade} /> : null}
        {of.score ? (
          <span>
            {t('score')} <Decimal value={of.score} />
          </span>
        ) : null}
        {of.rank ? (
          <span>
            {t('rank')} <Decimal value={of.rank} unit={among && `（${among}）`} />
          </span>
        ) : null}
      </div>
    </li>
  )
}
