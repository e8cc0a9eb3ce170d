import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Input, Tag } from 'antd'
import './public.css'
import { type BoardRow, caseBoard } from '../../api'
import { Answer, Facts, Nothing, Page, Panel, StatusBadge } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { t } from './public.words'

/** Calls that anybody may answer, and notices of cases: for those who are signed in … */
export function Board() {
  const { type } = getRouteApi('/inside/board').useSearch()
  const go = getRouteApi('/inside/board').useNavigate()
  return <Shown type={type} onType={(to) => void go({ search: { type: to } })} />
}

/** … and for those who are not. */
export function PublicBoard() {
  const { type } = getRouteApi('/outside/public/board').useSearch()
  const go = getRouteApi('/outside/public/board').useNavigate()
  return (
    <PublicFrame>
      <Shown type={type} onType={(to) => void go({ search: { type: to } })} />
    </PublicFrame>
  )
}

function Shown({ type, onType }: { type: string | undefined; onType: (type: string | undefined) => void }) {
  const answer = useInfiniteQuery({
    queryKey: ['cases', 'board', type],
    queryFn: ({ signal, pageParam }) =>
      caseBoard({ type: type ?? null, before: pageParam || null }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  return (
    <Page title={t('board')} help="public#board">
      <p className="quiet">{t('boardNote')}</p>
      <div className="public-asked">
        <Input.Search
          allowClear
          aria-label={t('boardType')}
          placeholder={t('boardType')}
          defaultValue={type}
          onSearch={(text) => onType(text || undefined)}
        />
      </div>
      <Answer
        of={answer}
        empty={(data) => data.pages[0]?.cases.length === 0}
        nothing={<Nothing say={t('boardEmpty')} onClear={type ? () => onType(undefined) : undefined} />}
      >
        {(data) => (
          <>
            <div className="panels public-list">
              {data.pages
                .flatMap((page) => page.cases)
                .sort((a, b) => Number(b.bidding) - Number(a.bidding)) // those that can be answered first
                .map((one) => (
                  <Call key={one.number} of={one} />
                ))}
            </div>
            {answer.hasNextPage ? (
              <Button loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
                {t('more')}
              </Button>
            ) : null}
          </>
        )}
      </Answer>
    </Page>
  )
}

const LONG = 24

function Call({ of }: { of: BoardRow }) {
  const told = of.values.filter((one) => one.value && one.value !== of.title)
  const isLong = (one: (typeof told)[number]) => (one.value ?? '').length > LONG
  return (
    <Panel
      title={of.title || of.type}
      extra={
        <>
          <StatusBadge status={of.status} /> <Tag>{of.state}</Tag>
          {of.bidding ? <Tag color="blue">{t('bidding')}</Tag> : null}
        </>
      }
    >
      <Facts
        of={[
          [t('boardType'), of.type],
          ...(of.due ? ([[t('boardDue'), of.due]] as const) : []),
          ...told.filter((one) => !isLong(one)).map((one) => [one.field, one.value] as const),
        ]}
      />
      {told.filter(isLong).map((one) => (
        <p key={one.field} className="public-notice">
          <span className="quiet">{one.field}</span> {one.value}
        </p>
      ))}
    </Panel>
  )
}
