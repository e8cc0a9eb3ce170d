import { UndoOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Slider } from 'antd'
import {
  type Dispatch,
  memo,
  type SetStateAction,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
} from 'react'
import type { RunDetail } from '../../api'
import { kindFields } from '../../api/queries'
import { columnOf, type ExplainedFact, type Explanation, everyFact, inWords } from '../../domain/explanation'
import { Panel } from '../../ui'
import { t } from './explain.words'
import { Outcome } from './Outcome'
import type { ExplainSearch } from './routes'
import { figure, fromSlider, inOrder, kindOfFact, matches, sliderOf, supposed, supposing } from './scenario'

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
    <div className="panels whatif">
      <Inputs run={run} tree={tree} set={draft} onSet={setDraft} />
      <Outcome run={run} tree={tree} set={useDeferredValue(draft)} onSet={setDraft} />
    </div>
  )
}

/** Drawn as a fact moves, and not again when what comes of it is. */
const Inputs = memo(function Inputs({
  run,
  tree,
  set,
  onSet,
}: {
  run: RunDetail
  tree: Explanation
  set: readonly string[]
  onSet: Dispatch<SetStateAction<readonly string[]>>
}) {
  const [words, setWords] = useState('')
  const { data } = useQuery(kindFields(run.kind))
  const facts = useMemo(() => inOrder(everyFact(tree.items), tree.period), [tree])
  const changed = supposed(set)
  const options = (fact: ExplainedFact) =>
    data?.fields.find((one) => one.name === fact.field)?.options ?? NONE
  const change = useCallback(
    (column: string, value: string | undefined) => onSet((old) => supposing(old, column, value)),
    [onSet],
  )
  return (
    <Panel title={t('suppose')} extra={<span className="quiet">{t('notSaved')}</span>}>
      {facts.length > 8 ? <Find words={words} onWords={setWords} /> : null}
      <ul className="suppose">
        {facts
          .filter((fact) => matches(fact, words))
          .map((fact) => (
            <Suppose
              key={columnOf(fact)}
              fact={fact}
              options={options(fact)}
              value={changed.get(columnOf(fact))}
              onChange={change}
            />
          ))}
      </ul>
    </Panel>
  )
})

const Find = memo(function Find({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  return (
    <Input
      allowClear
      value={words}
      placeholder={t('find')}
      aria-label={t('find')}
      onChange={(event) => onWords(event.target.value)}
    />
  )
})

const NONE: readonly string[] = []

interface FieldProps {
  fact: ExplainedFact
  options: readonly string[]
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** One fact. The others are not drawn again while one is moved. */
const Suppose = memo(function Suppose({
  fact,
  options,
  value,
  onChange: change,
}: Omit<FieldProps, 'onChange'> & { onChange: (column: string, value: string | undefined) => void }) {
  const name = columnOf(fact)
  const onChange = (to: string | undefined) => change(name, to)
  const now = kindOfFact(fact) === 'truth' ? truth(fact) : fact.text
  return (
    <li className={value === undefined ? undefined : 'supposed'}>
      <div className="suppose-head">
        <span>{inWords(name)}</span>
        <span className="quiet num">{t('now', { value: now })}</span>
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
})

const truth = (fact: ExplainedFact) => (fact.value === 'met' ? t('yes') : t('no'))

function Field({ fact, options, value, onChange }: FieldProps) {
  const name = columnOf(fact)
  const kind = kindOfFact(fact)
  if (kind === 'truth' || options.length > 0)
    return (
      <Select
        aria-label={name}
        className="suppose-choice"
        value={value ?? (kind === 'truth' ? truth(fact) : fact.text)}
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
