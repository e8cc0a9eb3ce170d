import { Navigate } from '@tanstack/react-router'
import { useMe } from '../../api'
import { Nothing, Page } from '../../ui'
import { t } from './policy.words'

/** Leads to the entitlements of the subject whose account this is. */
export function Mine() {
  const me = useMe()
  if (me.subject_id)
    return (
      <Navigate to="/entitlements/$kind/$id" params={{ kind: me.subject_kind, id: me.subject_id }} replace />
    )
  return (
    <Page title={t('entitlements')} help="enterprise#policies">
      <Nothing say={t('own')} />
    </Page>
  )
}
