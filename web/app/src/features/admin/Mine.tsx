import { useMay } from '../../api'
import { Page } from '../../ui'
import { t } from './admin.words'
import { Consents, Granted } from './Consents'
import { Delegations } from './Delegations'
import { Ties } from './Ties'
import { Tokens } from './Tokens'

/** What one made, allowed and lent: all of it can be taken back here. */
export function Mine() {
  const may = {
    consents: useMay('consent_list'),
    granted: useMay('granted_list'),
    lend: useMay('delegation_list'),
    ties: useMay('tie_list'),
  }
  return (
    <Page title={t('mine')} help="admin#mine">
      {may.consents ? <Consents /> : null}
      {may.granted ? <Granted /> : null}
      {may.ties ? <Ties /> : null}
      {may.lend ? <Delegations /> : null}
      <Tokens />
    </Page>
  )
}
