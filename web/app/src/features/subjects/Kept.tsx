import { DeleteOutlined, LockOutlined, TeamOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useMay, type View, viewAdd, viewEnd, viewLock, viewShare } from '../../api'
import { views } from '../../api/queries'
import { keptOf, listedOf } from '../../domain/kept'
import { Answer, Nothing, useAct } from '../../ui'
import { type SubjectSearch, subjectSearch } from './search'
import { t } from './subjects.words'
import type { ViewsProps } from './Views'

const NONE: SubjectSearch = {
  q: undefined,
  sort: undefined,
  cols: undefined,
  when: undefined,
  where: undefined,
  undecided: undefined,
}

/** What was kept of this kind, and a name to keep what is asked now. */
export default function Kept({ kind, search, onOpen }: ViewsProps) {
  const [title, setTitle] = useState('')
  const answer = useQuery(views)
  const keep = useAct(viewAdd, { done: t('viewKept'), refresh: [views.queryKey], after: () => setTitle('') })
  return (
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
                    onClick={() =>
                      onOpen({ ...NONE, ...subjectSearch(listedOf(one.query as Record<string, unknown>)) })
                    }
                  >
                    {one.mine ? one.title : t('viewOf', { title: one.title, who: one.owner })}
                  </Button>
                  <Rights of={one} />
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
          onClick={() => keep.run({ kind, title: title.trim(), query: keptOf(search) })}
        >
          {t('keepView')}
        </Button>
      </Space.Compact>
    </div>
  )
}

/** Who sees it, and what one may do about that. */
function Rights({ of: { view, title, mine, seen_by } }: { of: View }) {
  const refresh = [views.queryKey]
  const end = useAct(() => viewEnd({ view }), { done: t('viewGone'), refresh })
  const share = useAct(() => viewShare({ view }, { team: seen_by === 'own' }), {
    done: t('viewShared'),
    refresh,
  })
  const lock = useAct(() => viewLock({ view }, { locked: seen_by !== 'all' }), {
    done: t('viewShared'),
    refresh,
  })
  const mayLock = useMay('view_lock')
  const own = mine && seen_by !== 'all'
  return (
    <span>
      <Toggle
        icon={<TeamOutlined />}
        on={seen_by !== 'own'}
        say={t('viewTeam', { title })}
        onPress={own ? () => share.run(undefined) : undefined}
      />
      <Toggle
        icon={<LockOutlined />}
        on={seen_by === 'all'}
        say={t('viewLock', { title })}
        onPress={mayLock ? () => lock.run(undefined) : undefined}
      />
      {own ? (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={`${t('delete')} ${title}`}
          onClick={() => end.run(undefined)}
        />
      ) : null}
    </span>
  )
}

/** A state that shows; to those who may change it a button. */
function Toggle({
  icon,
  on,
  say,
  onPress,
}: {
  icon: ReactNode
  on: boolean
  say: string
  onPress: (() => void) | undefined
}) {
  if (onPress)
    return (
      <Button
        type={on ? 'primary' : 'text'}
        size="small"
        icon={icon}
        aria-label={say}
        title={say}
        aria-pressed={on}
        onClick={onPress}
      />
    )
  return on ? (
    <span role="img" aria-label={say} title={say}>
      {icon}
    </span>
  ) : null
}
