import { StarOutlined } from '@ant-design/icons'
import { useRouterState } from '@tanstack/react-router'
import { Button, Popover } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Loading } from '../../ui'
import type { SubjectSearch } from './search'
import { t } from './subjects.words'

const Kept = lazy(() => import('./Kept'))

export interface ViewsProps {
  kind: string
  search: SubjectSearch
  onOpen: (search: SubjectSearch) => void
}

/** Questions that were kept under a name: the address of a list, without the page one was at. */
export function Views({ onOpen, ...of }: ViewsProps) {
  const asked = useRouterState({ select: (s) => s.location.hash === 'views' })
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(asked), [asked])
  const go = (search: SubjectSearch) => {
    setOpen(false)
    onOpen(search)
  }
  const content = (
    <Suspense fallback={<Loading rows={2} />}>
      <Kept {...of} onOpen={go} />
    </Suspense>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={content}>
      <Button icon={<StarOutlined />}>{t('views')}</Button>
    </Popover>
  )
}
