import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Drawer } from 'antd'
import { useState } from 'react'
import { noticeSee } from '../api'
import { notices } from '../api/queries'
import { Answer, Moment, Nothing } from '../ui'
import { NoticeText } from '../ui/NoticeText'
import { t } from './app.words'

/** What happened meanwhile. */
export function Notices() {
  const [open, setOpen] = useState(false)
  const answer = useQuery(notices)
  const client = useQueryClient()
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
        aria-label={unseen > 0 ? t('noticesUnseen', { n: unseen }) : t('notices')}
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
        <Answer of={answer} empty={(data) => data.notices.length === 0} nothing={<Nothing />}>
          {(data) => (
            <ul className="notices">
              {data.notices.map((one) => (
                <li key={one.act} className={one.unseen ? 'unseen' : undefined}>
                  <NoticeText of={one} />
                  <div className="quiet">
                    <Moment at={one.at} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </Drawer>
    </>
  )
}
