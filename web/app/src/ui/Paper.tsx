import { client } from '../api'
import { usePaper } from './prefs'
import { t } from './ui.words'

/** On paper: which page it was, and of when its figures are. */
export function Paper() {
  if (!usePaper()) return null
  return (
    <p className="paper">
      {decodeURI(location.href)} · {t('asOf', { at: read() })}
    </p>
  )
}

/** When the oldest of what stands on the page was read; who is here and the lists of kinds say nothing of it. */
function read(): string {
  const shown = client.getQueryCache().findAll({ type: 'active' })
  const of = shown.filter(
    ({ queryKey: [of], state }) =>
      state.data !== undefined && !['session', 'kinds', 'public'].includes(String(of)),
  )
  const at = new Date(Math.min(Date.now(), ...of.map((one) => one.state.dataUpdatedAt)) + CHINA_MS)
  return at.toISOString().slice(0, 16).replace('T', ' ')
}

const CHINA_MS = 8 * 3_600_000
