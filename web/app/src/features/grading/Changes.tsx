import './grading.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Select } from 'antd'
import { diffLines } from 'diff'
import { useMemo } from 'react'
import type { RuleDetail } from '../../api'
import { Answer, Nothing, Panel } from '../../ui'
import { t } from './grading.words'
import { rule, rules } from './queries'

const route = getRouteApi('/inside/rules/$entry')
const AROUND = 3

/** What differs from another document: lines taken out, lines put in, and a few around them. */
export function Changes({ of }: { of: RuleDetail }) {
  const search = route.useSearch()
  const go = route.useNavigate()
  const book = useQuery(rules)
  const others = (book.data?.rules ?? []).filter((one) => one.entry !== of.entry && one.kind === of.kind)
  const nearest = others.findLast((one) => one.name === of.name && one.entry < of.entry)
  const other = useQuery({
    ...rule(search.with ?? nearest?.entry ?? 0),
    enabled: (search.with ?? nearest) !== undefined,
  })
  if (book.data && others.length === 0) return <Nothing say={t('noOther')} />
  return (
    <Panel
      extra={
        <Select
          aria-label={t('against')}
          className="wide-select"
          placeholder={t('against')}
          value={search.with ?? nearest?.entry ?? null}
          options={others.map((one) => ({
            value: one.entry,
            label: `${one.name} ${one.version} #${one.entry}`,
          }))}
          onChange={(entry) => go({ search: (was) => ({ ...was, with: entry ?? undefined }) })}
        />
      }
      title={t('against')}
    >
      {(search.with ?? nearest) === undefined ? (
        <Nothing say={t('chooseOther')} />
      ) : (
        <Answer of={other}>{(before) => <Lines before={before.text} after={of.text} />}</Answer>
      )}
    </Panel>
  )
}

export function Lines({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffLines(before, after), [before, after])
  if (parts.every((part) => !part.added && !part.removed)) return <Nothing say={t('noChanges')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="diff scroll-x" aria-label={t('changes')} tabIndex={0}>
      {parts.flatMap((part, at) => {
        const lines = part.value.replace(/\n$/, '').split('\n')
        const kind = part.added ? 'added' : part.removed ? 'removed' : 'same'
        return shortened(lines, kind, at === 0, at === parts.length - 1).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of two fixed texts
          <div key={`${at} ${i}`} className={`diff-${line === undefined ? 'gap' : kind}`}>
            {line === undefined ? '⋯' : `${kind === 'added' ? '+' : kind === 'removed' ? '−' : ' '} ${line}`}
          </div>
        ))
      })}
    </section>
  )
}

/** Of what stayed the same, only the lines around a change. */
function shortened(lines: string[], kind: string, first: boolean, last: boolean): (string | undefined)[] {
  if (kind !== 'same' || lines.length <= 2 * AROUND) return lines
  const head = first ? [] : lines.slice(0, AROUND)
  const tail = last ? [] : lines.slice(-AROUND)
  return [...head, undefined, ...tail]
}
