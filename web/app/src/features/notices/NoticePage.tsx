import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type Notice, type Notices, noticeList } from '../../api'
import { notices } from '../../api/queries'
import { ListPage, Moment } from '../../ui'
import { NoticeText } from '../../ui/NoticeText'
import { t } from './notices.words'

const route = getRouteApi('/inside/notices')

/** Everything that one was told of, back to the beginning. */
export function NoticePage() {
  const { before } = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery({
    queryKey: [...notices.queryKey, before],
    queryFn: ({ signal }) => noticeList({ before: before ?? null }, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage<Notice, Notices>
      page={{ title: t('title'), help: 'start#notices' }}
      of={answer}
      rows={(data) => data.notices}
      rowKey={(one) => `${one.act} ${one.kind} ${one.object}`}
      nothing={t('none')}
      next={(data) => (data.next == null ? null : String(data.next))}
      cursor={before === undefined ? undefined : String(before)}
      onCursor={(next) =>
        go({ search: (was) => ({ ...was, before: next === undefined ? undefined : Number(next) }) })
      }
      columns={[
        { key: 'at', title: t('at'), width: 150, show: (one) => <Moment at={one.at} /> },
        {
          key: 'what',
          title: t('what'),
          width: 640,
          show: (one) => (
            <>
              <NoticeText of={one} /> {one.unseen ? <Tag>{t('unseen')}</Tag> : null}
            </>
          ),
        },
      ]}
    />
  )
}
