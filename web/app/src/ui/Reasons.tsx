/** The tree of reasons: every number down to the facts, each fact to where it is from. */
import './reasons.css'
import { Button, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { below, type Condition, columnOf, type Item, inWords, wayTo, written } from '../domain/explanation'
import { FactDrawer } from './FactDrawer'
import { PlainTable } from './PlainTable'
import { usePlaceName } from './places'
import { t } from './reasons.words'
import { Grade, StatusBadge } from './values'

export function Reasons({
  kind,
  id,
  items,
  asked,
  more,
}: {
  kind: string
  id: string
  items: readonly Item[]
  /** The item that one came for: it is opened and marked. */
  asked?: string | undefined
  /** What else is known of an item, below its reason. */
  more?: (item: Item) => ReactNode
}) {
  const way = asked === undefined ? [] : wayTo(items, asked).map((one) => one.item)
  const [open, setOpen] = useState<'some' | 'all' | 'none'>('some')
  const [fact, setFact] = useState<string>()
  return (
    <div>
      <div className="list-bar no-print">
        <Button onClick={() => setOpen('all')}>{t('expandAll')}</Button>
        <Button onClick={() => setOpen('none')}>{t('foldAll')}</Button>
      </div>
      <ul className="why-list" key={open}>
        {items.map((one) => (
          <Node key={one.item} item={one} depth={0} open={open} way={way} onFact={setFact} more={more} />
        ))}
      </ul>
      <FactDrawer kind={kind} id={id} column={fact} onClose={() => setFact(undefined)} />
    </div>
  )
}

const KINDS = ['score', 'grade', 'rank', 'gate', 'indicator', 'param', 'policy', 'segment'] as const
const kindWord = (kind: string) => {
  const known = KINDS.find((one) => one === kind)
  return t(known ? `kind_${known}` : 'kind_other')
}

interface NodeProps {
  item: Item
  depth: number
  open: 'some' | 'all' | 'none'
  way: readonly string[]
  onFact: (column: string) => void
  more: ((item: Item) => ReactNode) | undefined
}

function Node({ item, depth, open, way, onFact, more }: NodeProps) {
  const asked = way.at(-1) === item.item
  const shown = open === 'all' || (open === 'some' && (way.length > 0 ? way.includes(item.item) : depth < 1))
  return (
    <li className={asked ? 'why-node why-asked' : 'why-node'}>
      <details open={shown}>
        <summary>
          <span className="why-kind">{kindWord(item.kind)}</span>
          <span className="why-name">{item.item}</span>
          <span className="why-value">
            {item.kind === 'grade' ? <Grade value={item.text} /> : <span className="num">{item.text}</span>}
          </span>
          <Counts item={item} />
        </summary>
        <Reason item={item} onFact={onFact}>
          {more?.(item)}
        </Reason>
        {below(item).length > 0 ? (
          <ul className="why-list">
            {below(item).map((one) => (
              <Node
                key={one.item}
                item={one}
                depth={depth + 1}
                open={open}
                way={way}
                onFact={onFact}
                more={more}
              />
            ))}
          </ul>
        ) : null}
      </details>
    </li>
  )
}

/** What it brings to the score above, and within which bounds. */
function Counts({ item }: { item: Item }) {
  const points = written(item.points)
  const max = written(item.max)
  const weight = written(item.weight)
  return (
    <span className="quiet num why-counts">
      {points !== undefined && points !== item.text ? <span>{t('brings', { n: points })}</span> : null}
      {max === undefined ? null : <span>{t('max', { n: max })}</span>}
      {weight === undefined ? null : <span>{t('weight', { n: weight })}</span>}
    </span>
  )
}

function Reason({
  item,
  onFact,
  children,
}: {
  item: Item
  onFact: (column: string) => void
  children?: ReactNode
}) {
  return (
    <div className="why-reason">
      {item.how?.map((line) => (
        <p key={line} className="num why-how">
          {line}
        </p>
      ))}
      {item.rows?.map((row) => (
        <p key={row.number}>
          <Tag>{t('row', { n: row.number })}</Tag> {row.tests} → {row.result}
        </p>
      ))}
      {item.conditions ? (
        <ul className="why-checks">
          {item.conditions.map((one) => (
            <Check key={`${one.depth} ${one.text}`} of={one} />
          ))}
        </ul>
      ) : null}
      {item.missing ? <p className="why-lacks">{t('lacks', { what: item.missing.join(', ') })}</p> : null}
      {children}
      <Used item={item} onFact={onFact} />
      {item.clause ? (
        <blockquote>
          <span className="quiet">{t('clause')}</span> {item.clause}
        </blockquote>
      ) : null}
      <p className="quiet why-origin">
        <StatusBadge status={item.status} />
        {item.source ? (
          <span>
            {t('source')}:{' '}
            {/^https?:\/\/\S+$/.test(item.source) ? <a href={item.source}>{item.source}</a> : item.source}
          </span>
        ) : null}
        {item.line ? <span>{t('line', { n: item.line })}</span> : null}
      </p>
    </div>
  )
}

const SIGN = { met: '✓', unmet: '✗', unknown: '?', manual: '?', na: '–' } as const

function Check({ of }: { of: Condition }) {
  return (
    <li className={`check-${of.result}`} style={{ marginInlineStart: of.depth * 16 }}>
      <span aria-hidden>{SIGN[of.result]}</span> {of.text}{' '}
      <span className="quiet">
        {t(of.result)}
        {of.values ? ` · ${of.values}` : ''}
      </span>
    </li>
  )
}

function Used({ item, onFact }: { item: Item; onFact: (column: string) => void }) {
  const place = usePlaceName()
  if (!item.facts) return null
  return (
    <PlainTable
      named
      className="why-facts"
      caption={t('usedFacts')}
      rows={item.facts.map((fact) => ({
        key: columnOf(fact),
        cells: [
          inWords(columnOf(fact)),
          <span key="v" className="num">
            {fact.value === 'met' ? t('yes') : fact.value === 'unmet' ? t('no') : place(fact.text)}
          </span>,
          <span key="s" className="quiet">
            {t(`state_${fact.state}`)}
          </span>,
          <Button key="h" type="link" size="small" onClick={() => onFact(columnOf(fact))}>
            {t('history')}
          </Button>,
        ],
      }))}
    />
  )
}
