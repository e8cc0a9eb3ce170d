import { CopyOutlined, UndoOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { App, Button, Input, Select, Slider } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { type RunDetail, type WhatifChange, whatif } from '../../api'
import { kindFields } from '../../api/queries'
import {
  columnOf,
  type ExplainedFact,
  type Explanation,
  everyFact,
  everyItem,
} from '../../domain/explanation'
import { Answer, Delta, Nothing, Panel } from '../../ui'
import { t } from './explain.words'
import type { ExplainSearch } from './routes'
import { figure, fromSlider, kindOfFact, matches, sliderOf, supposed, supposing } from './scenario'

interface Props {
  run: RunDetail
  tree: Explanation
  set: readonly string[]
  onGo: (part: Partial<ExplainSearch>) => void
}

/** Suppose other facts and see what becomes of the numbers. The address is the scenario. */
export function WhatIf({ run, tree, set, onGo }: Props) {
  const [draft, setDraft] = useState<readonly string[]>(set)
  const address = set.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came by the address replaces the draft
  useEffect(() => setDraft(set), [address])
  useEffect(() => {
    if (draft.join('\n') === address) return
    const later = setTimeout(() => onGo({ set: draft.length > 0 ? [...draft] : undefined }), 400)
    return () => clearTimeout(later)
  }, [draft, address, onGo])
  return (
    <div className="whatif">
      <Inputs run={run} tree={tree} set={draft} onSet={setDraft} />
      <Outcome run={run} tree={tree} set={draft} onSet={setDraft} />
    </div>
  )
}

function Inputs({
  run,
  tree,
  set,
  onSet,
}: {
  run: RunDetail
  tree: Explanation
  set: readonly string[]
  onSet: (set: readonly string[]) => void
}) {
  const [words, setWords] = useState('')
  const { data } = useQuery(kindFields(run.kind))
  const facts = everyFact(tree.items)
  const changed = supposed(set)
  const options = (fact: ExplainedFact) => data?.fields.find((one) => one.name === fact.field)?.options ?? []
  return (
    <Panel title={t('suppose')} extra={<span className="quiet">{t('notSaved')}</span>}>
      {facts.length > 8 ? (
        <Input
          allowClear
          value={words}
          placeholder={t('find')}
          aria-label={t('find')}
          onChange={(event) => setWords(event.target.value)}
        />
      ) : null}
      <ul className="suppose">
        {facts
          .filter((fact) => matches(fact, words))
          .map((fact) => (
            <Suppose
              key={columnOf(fact)}
              fact={fact}
              options={options(fact)}
              value={changed.get(columnOf(fact))}
              onChange={(value) => onSet(supposing(set, columnOf(fact), value))}
            />
          ))}
      </ul>
    </Panel>
  )
}

interface SupposeProps {
  fact: ExplainedFact
  options: readonly string[]
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function Suppose({ fact, options, value, onChange }: SupposeProps) {
  const name = columnOf(fact)
  return (
    <li className={value === undefined ? undefined : 'supposed'}>
      <div className="suppose-head">
        <span>{name}</span>
        <span className="quiet num">{t('now', { value: fact.text })}</span>
        {value === undefined ? null : (
          <Button
            type="text"
            size="small"
            icon={<UndoOutlined />}
            aria-label={`${t('reset')} ${name}`}
            onClick={() => onChange(undefined)}
          />
        )}
      </div>
      <Field fact={fact} options={options} value={value} onChange={onChange} />
    </li>
  )
}

function Field({ fact, options, value, onChange }: SupposeProps) {
  const name = columnOf(fact)
  const kind = kindOfFact(fact)
  if (kind === 'truth' || options.length > 0)
    return (
      <Select
        aria-label={name}
        className="suppose-choice"
        value={value ?? (kind === 'truth' ? (fact.value === 'met' ? t('yes') : t('no')) : fact.text)}
        options={(kind === 'truth' ? [t('yes'), t('no')] : options).map((one) => ({
          value: one,
          label: one,
        }))}
        onChange={onChange}
      />
    )
  if (kind === 'figure') return <FigureField name={name} now={fact.text} value={value} onChange={onChange} />
  return (
    <Input aria-label={name} value={value ?? fact.text} onChange={(event) => onChange(event.target.value)} />
  )
}

/** A figure: typed exactly, or drawn along a slider. Its unit goes along. */
function FigureField({
  name,
  now,
  value,
  onChange,
}: {
  name: string
  now: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const base = figure(now) ?? { digits: '', unit: '' }
  const digits = (value === undefined ? base : (figure(value) ?? { digits: value, unit: '' })).digits
  const { max, step } = sliderOf(base.digits || '0')
  const give = (text: string) =>
    onChange(text.trim() === '' || text === base.digits ? undefined : text.trim() + base.unit)
  return (
    <div className="suppose-figure">
      <Slider
        min={0}
        max={max}
        step={step}
        value={Number(digits) || 0}
        tooltip={{ open: false }}
        ariaLabelForHandle={t('slider', { name })}
        onChange={(at) => give(fromSlider(at))}
      />
      <Input
        className="suppose-input"
        aria-label={name}
        inputMode="decimal"
        value={digits}
        suffix={base.unit}
        onChange={(event) => give(event.target.value)}
      />
    </div>
  )
}

/** Half-typed figures are not worth asking about. */
const isWhole = (one: string) => !/=[-.]?$|\.\D*$/.test(one)

function Outcome({
  run,
  tree,
  set,
  onSet,
}: {
  run: RunDetail
  tree: Explanation
  set: readonly string[]
  onSet: (set: readonly string[]) => void
}) {
  const asked = useDeferredValue(set.filter(isWhole))
  const { message } = App.useApp()
  const answer = useQuery({
    queryKey: ['runs', run.run, 'whatif', tree.id, asked],
    queryFn: ({ signal }) => whatif({ run: run.run, id: tree.id }, { set: [...asked] }, { signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  })
  const ranks = new Set(everyItem(tree.items).flatMap((one) => (one.kind === 'rank' ? [one.item] : [])))
  const share = async () => {
    await navigator.clipboard.writeText(location.href)
    message.success(t('copied'))
  }
  return (
    <Panel
      title={t('outcome')}
      extra={
        asked.length > 0 ? (
          <>
            <Button icon={<CopyOutlined />} onClick={() => void share()}>
              {t('share')}
            </Button>{' '}
            <Button icon={<UndoOutlined />} onClick={() => onSet([])}>
              {t('resetAll')}
            </Button>
          </>
        ) : null
      }
    >
      {asked.length === 0 ? (
        <Nothing say={t('nothing')} />
      ) : (
        <Answer
          of={answer}
          empty={(data) => data.changes.length === 0}
          nothing={<Nothing say={t('noChange')} />}
          rows={4}
        >
          {(data) => (
            <div aria-live="polite">
              <Changes title={t('mainItems')} of={data.changes.filter((one) => one.top)} ranks={ranks} />
              <Changes title={t('details')} of={data.changes.filter((one) => !one.top)} ranks={ranks} />
            </div>
          )}
        </Answer>
      )}
    </Panel>
  )
}

function Changes({
  title,
  of,
  ranks,
}: {
  title: string
  of: readonly WhatifChange[]
  ranks: ReadonlySet<string>
}) {
  if (of.length === 0) return null
  return (
    <div className="scroll-x">
      <table className="plain">
        <caption>{title}</caption>
        <tbody>
          {of.map((one) => (
            <tr key={one.item}>
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
