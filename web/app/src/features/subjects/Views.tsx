import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Popover, Space } from 'antd'
import { useState } from 'react'
import { viewAdd, viewEnd } from '../../api'
import { views } from '../../api/queries'
import { Answer, Nothing, useAct } from '../../ui'
import { type SubjectSearch, subjectSearch } from './search'
import { t } from './subjects.words'

/** Questions that were kept under a name: the address of a list, without the page one was at. */
export function Views({
  kind,
  search,
  onOpen,
}: {
  kind: string
  search: SubjectSearch
  onOpen: (search: SubjectSearch) => void
}) {
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const answer = useQuery(views)
  const keep = useAct(viewAdd, { done: t('viewKept'), refresh: [views.queryKey], after: () => setTitle('') })
  const end = useAct((view: number) => viewEnd({ view }), { done: t('viewGone'), refresh: [views.queryKey] })
  const { q, sort, cols, when, where, undecided } = search
  const query = Object.fromEntries(
    Object.entries({ q, sort, cols, when, where, undecided }).filter(([, value]) => value !== undefined),
  )
  const content = (
    <div className="views">
      <Answer
        of={answer}
        empty={(data) => !data.views.some((one) => one.kind === kind)}
        nothing={<Nothing say={t('noViews')} />}
      >
        {(data) => (
          <ul>
            {data.views
              .filter((one) => one.kind === kind)
              .map((one) => (
                <li key={one.view}>
                  <Button
                    type="link"
                    onClick={() => {
                      setOpen(false)
                      const none = {
                        q: undefined,
                        sort: undefined,
                        cols: undefined,
                        when: undefined,
                        where: undefined,
                        undecided: undefined,
                      }
                      onOpen({ ...none, ...subjectSearch(one.query as Record<string, unknown>) })
                    }}
                  >
                    {one.title}
                  </Button>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`${t('delete')} ${one.title}`}
                    onClick={() => end.run(one.view)}
                  />
                </li>
              ))}
          </ul>
        )}
      </Answer>
      <Space.Compact block>
        <Input
          value={title}
          placeholder={t('viewName')}
          aria-label={t('viewName')}
          maxLength={100}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button
          type="primary"
          disabled={title.trim() === ''}
          loading={keep.busy}
          onClick={() => keep.run({ kind, title: title.trim(), query })}
        >
          {t('keepView')}
        </Button>
      </Space.Compact>
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={content}>
      <Button icon={<StarOutlined />}>{t('views')}</Button>
    </Popover>
  )
}
