import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { type EntitledLine, entitlementExplain } from '../../api'
import { below, type Explanation, type Item } from '../../domain/explanation'
import { Answer, getPrefs } from '../../ui'
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
        {(data) => (
          <ul className="policy-tree">
            {(data.tree as Explanation).items.map((one) => (
              <Node key={one.item} of={one} />
            ))}
          </ul>
        )}
      </Answer>
    </Drawer>
  )
}

function Node({ of }: { of: Item }) {
  return (
    <li>
      <b>{of.item}</b> <span className="num">{of.text}</span>
      {of.how?.map((line) => (
        <div key={line} className="num quiet">
          {line}
        </div>
      ))}
      {of.conditions?.map((one) => (
        <div key={`${one.depth} ${one.text}`} className="num quiet">
          {one.text}
        </div>
      ))}
      {of.clause ? <blockquote>{of.clause}</blockquote> : null}
      {below(of).length > 0 ? (
        <ul>
          {below(of).map((one) => (
            <Node key={one.item} of={one} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}
