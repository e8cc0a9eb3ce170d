import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { type EntitledLine, entitlementExplain } from '../../api'
import type { Explanation } from '../../domain/explanation'
import { Answer, getPrefs } from '../../ui'
import { Reasons } from '../../ui/Reasons'
import { t } from './policy.words'

/** Why a policy comes to this amount: condition, formula, facts, down to the figures. */
export function Why({
  kind,
  id,
  line,
  onClose,
}: {
  kind: string
  id: string
  line: EntitledLine
  onClose: () => void
}) {
  const lang = getPrefs().lang
  const answer = useQuery({
    queryKey: ['entitlements', kind, id, 'why', line.policy, lang],
    queryFn: ({ signal }) => entitlementExplain({ kind, id, policy: line.policy, lang }, { signal }),
  })
  return (
    <Drawer open size="large" title={`${t('why')}：${line.name}`} onClose={onClose}>
      <Answer of={answer}>
        {(data) => <Reasons kind={kind} id={id} items={(data.tree as Explanation).items} />}
      </Answer>
    </Drawer>
  )
}
