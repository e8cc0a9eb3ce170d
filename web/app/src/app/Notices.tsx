import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { Badge, Button, Drawer } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { noticeSee } from '../api'
import { notices } from '../api/queries'
import { Loading } from '../ui'
import { t } from './app.words'

const NoticeList = lazy(() => import('./NoticeList'))

/** What happened meanwhile. */
export function Notices() {
  const [open, setOpen] = useState(false)
  const answer = useQuery(notices)
  const client = useQueryClient()
  const here = useRouterState({ select: (s) => s.location.href })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes whenever one goes somewhere
  useEffect(() => setOpen(false), [here])
  const see = useMutation({
    mutationFn: (act: number) => noticeSee({ act }),
    onSuccess: () => client.invalidateQueries({ queryKey: notices.queryKey }),
  })
  const unseen = answer.data?.unseen ?? 0
  const last = answer.data?.notices[0]?.act
  return (
    <>
      <Button
        type="text"
        // what is read out is what the badge shows
        aria-label={unseen > 0 ? t('noticesUnseen', { n: unseen > 99 ? '99+' : unseen }) : t('notices')}
        title={t('notices')}
        icon={
          <Badge count={unseen} size="small">
            <BellOutlined />
          </Badge>
        }
        onClick={() => setOpen(true)}
      />
      <Drawer
        open={open}
        title={t('notices')}
        onClose={() => setOpen(false)}
        extra={
          unseen > 0 && last !== undefined ? (
            <Button loading={see.isPending} onClick={() => see.mutate(last)}>
              {t('allSeen')}
            </Button>
          ) : null
        }
      >
        <Suspense fallback={<Loading />}>
          <NoticeList />
        </Suspense>
      </Drawer>
    </>
  )
}
