import { CopyOutlined, UndoOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { memo, useEffect, useMemo, useState } from 'react'
import { type RunDetail, ruleGet, ruleList, useMay, type WhatifChange, whatif } from '../../api'
import { type Explanation, everyItem } from '../../domain/explanation'
import { Answer, Delta, Failed, Nothing, Panel } from '../../ui'
import { t } from './explain.words'
import { figure } from './scenario'

interface Props {
  run: RunDetail
  tree: Explanation
  set: readonly string[]
  onSet: (set: readonly string[]) => void
}

/** Half-typed figures are not worth asking about. */
const isWhole = (one: string) => !/=[-.]?$|\.\D*$/.test(one)

/** What it would become: at once by the engine in the page, and a moment later, ranks too, by the server. */
export const Outcome = memo(function Outcome({ run, tree, set, onSet }: Props) {
  const whole = set.filter(isWhole)
  const asked = useLater(whole)
  const inPage = useInPage(run, tree)
  const answer = useQuery({
    queryKey: ['runs', run.run, 'whatif', tree.id, asked],
    queryFn: ({ signal }) => whatif({ run: run.run, id: tree.id }, { set: asked }, { signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const told = answer.data?.changes
  const behind = answer.isPlaceholderData || asked.join('\n') !== whole.join('\n') || told === undefined
  const key = whole.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words are the same scenario
  const here = useMemo(() => (behind ? inPage?.whatif(whole) : undefined), [behind, inPage, key])
  const changes =
    here && inPage ? [...here, ...(told ?? []).filter((one) => !inPage.own.has(one.item))] : told
  return (
    <Panel title={t('outcome')} extra={whole.length > 0 ? <Tools onSet={onSet} /> : null}>
      {whole.length === 0 ? <Nothing say={t('nothing')} /> : null}
      {whole.length > 0 && answer.error && !here ? <Failed cause={answer.error} /> : null}
      {whole.length > 0 && changes === undefined && !answer.error ? (
        <Answer of={answer} rows={4}>
          {() => null}
        </Answer>
      ) : null}
      {whole.length > 0 && changes ? (
        <All changes={changes} tree={tree} behind={behind} own={inPage?.own} />
      ) : null}
    </Panel>
  )
})

/** The scenario when it has rested for a moment. */
function useLater(set: readonly string[]): string[] {
  const [rested, setRested] = useState<string[]>([...set])
  const key = set.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words are the same scenario
  useEffect(() => {
    const later = setTimeout(() => setRested([...set]), 150)
    return () => clearTimeout(later)
  }, [key])
  return rested
}

/** The engine in the page, where the run's rules are in the rule book; it loads when first wanted. */
function useInPage(run: RunDetail, tree: Explanation) {
  const may = useMay('rule_list', 'rule_get')
  const { data } = useQuery({
    queryKey: ['runs', run.run, 'in-page', tree.id],
    queryFn: async ({ signal }) => {
      const { rules } = await ruleList({ signal })
      const entry = rules.find((one) => one.hash === run.rules)
      if (!entry) return null
      const [{ text }, { inPage }] = await Promise.all([
        ruleGet({ entry: entry.entry }, { signal }),
        import('./inpage'),
      ])
      return (await inPage(text, tree)) ?? null
    },
    enabled: may,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data ?? undefined
}

const Tools = memo(function Tools({ onSet }: Pick<Props, 'onSet'>) {
  const { message } = App.useApp()
  const share = async () => {
    await navigator.clipboard.writeText(location.href)
    message.success(t('copied'))
  }
  return (
    <>
      <Button icon={<CopyOutlined />} onClick={() => void share()}>
        {t('share')}
      </Button>{' '}
      <Button icon={<UndoOutlined />} onClick={() => onSet([])}>
        {t('resetAll')}
      </Button>
    </>
  )
})

function All({
  changes,
  tree,
  behind,
  own,
}: {
  changes: readonly WhatifChange[]
  tree: Explanation
  behind: boolean
  own: ReadonlySet<string> | undefined
}) {
  const ranks = useMemo(
    () => new Set(everyItem(tree.items).flatMap((one) => (one.kind === 'rank' ? [one.item] : []))),
    [tree],
  )
  const isOld = (one: WhatifChange) => behind && !own?.has(one.item)
  if (changes.length === 0) return <Nothing say={t('noChange')} />
  return (
    <div aria-live="polite" aria-busy={behind} className="outcome">
      {changes.some((one) => one.top) ? null : <p>{t('mainSame')}</p>}
      <Changes title={t('mainItems')} of={changes.filter((one) => one.top)} ranks={ranks} isOld={isOld} />
      <Changes title={t('details')} of={changes.filter((one) => !one.top)} ranks={ranks} isOld={isOld} />
    </div>
  )
}

function Changes({
  title,
  of,
  ranks,
  isOld,
}: {
  title: string
  of: readonly WhatifChange[]
  ranks: ReadonlySet<string>
  isOld: (one: WhatifChange) => boolean
}) {
  if (of.length === 0) return null
  return (
    <div className="scroll-x">
      <table className="plain">
        <caption>{title}</caption>
        <tbody>
          {of.map((one) => (
            <tr key={one.item} className={isOld(one) ? 'old' : undefined}>
              <th scope="row">{one.item}</th>
              <td className="num">
                {one.was} → <strong>{one.becomes}</strong>
              </td>
              <td>
                {figure(one.was) && figure(one.becomes) ? (
                  <Difference {...one} rank={ranks.has(one.item)} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Of two figures in the same unit. */
function Difference({ was, becomes, rank }: { was: string; becomes: string; rank: boolean }) {
  const [a, b] = [figure(was)!, figure(becomes)!]
  return a.unit === b.unit ? (
    <>
      <Delta was={a.digits} becomes={b.digits} rank={rank} />
      {a.unit}
    </>
  ) : null
}
