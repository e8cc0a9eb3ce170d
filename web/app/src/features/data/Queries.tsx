import { getRouteApi } from '@tanstack/react-router'
import { lazy } from 'react'
import { RecordPage } from '../../ui/RecordPage'
import { t } from './queries.words'

const Builder = lazy(() => import('./Builder'))
const Saved = lazy(() => import('./Saved'))

const route = getRouteApi('/inside/queries')

/** A question put together condition by condition, and those that were kept. */
export function Queries() {
  const { tab } = route.useSearch()
  const go = route.useNavigate()
  return (
    <RecordPage
      page={{ title: t('queries'), help: 'lists#queries' }}
      tab={tab}
      onTab={(key) => void go({ search: (was) => ({ ...was, tab: key }) })}
      tabs={[
        { key: 'build', label: t('build'), show: () => <Builder /> },
        { key: 'kept', label: t('kept'), show: () => <Saved /> },
      ]}
    />
  )
}
