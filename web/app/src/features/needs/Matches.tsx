import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  caseGet,
  caseMatchAsk,
  caseMatches,
  type MatchList,
  type MatchModel,
  type MatchRow,
  type MatchWord,
  matchAsk,
  matchExperts,
  matchSay,
  useMay,
} from '../../api'
import { kinds, subject } from '../../api/queries'
import { grouped } from '../../domain/decimal'
import { Answer, FormDialog, Nothing, Page, Panel, useAct } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { t } from './needs.words'
import { Marked, Reasons } from './Text'

type Whose = Pick<MatchWord, 'kind' | 'id' | 'number'>

/** Who suits a subject … */
export function SubjectMatches() {
  const { kind, id } = getRouteApi('/inside/matches/$kind/$id').useParams()
  const search = getRouteApi('/inside/matches/$kind/$id').useSearch()
  const go = getRouteApi('/inside/matches/$kind/$id').useNavigate()
  const own = useQuery(subject(kind, id))
  const answer = useQuery({
    queryKey: ['matches', kind, id, search.with],
    queryFn: ({ signal }) => matchExperts({ kind, id, with: search.with ?? null, limit: 20 }, { signal }),
  })
  return (
    <Page title={t('matches', { name: own.data?.name || id })} help="officer#matches">
      <Asked value={search.with} onChange={(to) => void go({ search: (old) => ({ ...old, with: to }) })} />
      <Answer of={answer}>{(list) => <Found list={list} whose={{ kind, id, number: null }} />}</Answer>
    </Page>
  )
}

/** … and who suits a case. */
export function CaseMatches() {
  const number = Number(getRouteApi('/inside/cases/$number/matches').useParams().number)
  const search = getRouteApi('/inside/cases/$number/matches').useSearch()
  const go = getRouteApi('/inside/cases/$number/matches').useNavigate()
  const own = useQuery({
    queryKey: ['cases', number],
    queryFn: ({ signal }) => caseGet({ number }, { signal }),
  })
  const answer = useQuery({
    queryKey: ['matches', number, search.with],
    queryFn: ({ signal }) => caseMatches({ number, with: search.with ?? null, limit: 20 }, { signal }),
  })
  return (
    <Page title={t('matches', { name: own.data?.row.title || String(number) })} help="officer#matches">
      <Asked value={search.with} onChange={(to) => void go({ search: (old) => ({ ...old, with: to }) })} />
      <Answer of={answer}>{(list) => <Found list={list} whose={{ kind: null, id: null, number }} />}</Answer>
    </Page>
  )
}

function Asked({ value, onChange }: { value: string | undefined; onChange: (to: string) => void }) {
  const all = useQuery(kinds)
  return (
    <div className="match-asked">
      <Select
        aria-label={t('kindAsked')}
        placeholder={t('kindAsked')}
        value={value ?? null}
        onChange={onChange}
        options={(all.data?.kinds ?? []).map((one) => ({ value: one.kind, label: one.kind }))}
        popupMatchSelectWidth={false}
        className="match-kind"
      />
    </div>
  )
}

function Found({ list, whose }: { list: MatchList; whose: Whose }) {
  const [chosen, setChosen] = useState(0)
  const row = list.rows[Math.min(chosen, list.rows.length - 1)]
  return (
    <>
      <p className="quiet">
        {list.kind}：{t('looked', { n: grouped(String(list.of)) })}
        {list.barred > 0 ? `；${t('barred', { n: list.barred })}` : null}
        {list.passed_over > 0 ? `；${t('passed', { n: list.passed_over })}` : null}
      </p>
      {list.model.state === 'off' ? null : <Model of={list.model} kind={list.kind} whose={whose} />}
      {row === undefined ? (
        <Nothing say={`${t('none')}。${t('noneNote')}`} />
      ) : (
        <div className="match-desk">
          <ol className="match-list">
            {list.rows.map((one, at) => (
              <li key={one.identity}>
                <button type="button" aria-pressed={one === row} onClick={() => setChosen(at)}>
                  <b>{one.identity}</b> {one.name} <span className="num">{one.score}</span>
                  <small>{[one.unit, one.text.keywords].filter(Boolean).join(' · ')}</small>
                  {one.said ? <small>{t(one.said)}</small> : null}
                </button>
              </li>
            ))}
          </ol>
          <Pair list={list} row={row} place={list.rows.indexOf(row) + 1} whose={whose} />
        </div>
      )}
    </>
  )
}

const STATES = {
  off: 'modelNone',
  none: 'modelNone',
  answered: 'modelAnswered',
  late: 'modelLate',
  wrong: 'modelWrong',
  away: 'modelAway',
  closed: 'modelClosed',
} as const

/** A model outside: what it said, or did not; asked by a press alone, for what it is shown leaves the house. */
function Model({ of, kind, whose }: { of: MatchModel; kind: string; whose: Whose }) {
  const may = useMay('match_ask')
  const body = { with: kind, limit: 20 }
  const ask = useAct(
    () =>
      whose.number === null
        ? matchAsk({ kind: whose.kind ?? '', id: whose.id ?? '' }, body)
        : caseMatchAsk({ number: whose.number ?? 0 }, body),
    { refresh: [['matches']] },
  )
  return (
    <p className="quiet">
      {t(STATES[of.state], { title: of.title, n: of.sent, act: of.act ?? '' })}{' '}
      {may && of.state !== 'closed' ? (
        <Button size="small" loading={ask.busy} onClick={() => ask.run()}>
          {t('askModel')}
        </Button>
      ) : null}
    </p>
  )
}

function Pair({ list, row, place, whose }: { list: MatchList; row: MatchRow; place: number; whose: Whose }) {
  const placeName = usePlaceName()
  const may = useMay('match_say')
  const [saying, setSaying] = useState(false)
  return (
    <div className="match-pair">
      <Panel title={t('asked')}>
        <Marked text={list.text} reasons={row.reasons} side="asked" />
      </Panel>
      <Panel
        title={t('found')}
        extra={
          <Link to="/subjects/$kind/$id" params={{ kind: list.kind, id: row.identity }}>
            {row.identity} {row.name}
          </Link>
        }
      >
        <Marked text={row.text} reasons={row.reasons} side="found" />
        <p className="quiet">
          {[row.unit, row.chain, row.locality ? placeName(row.locality) : ''].filter(Boolean).join(' · ')}
        </p>
      </Panel>
      <Panel
        title={t('reasons')}
        extra={
          may ? <Button onClick={() => setSaying(true)}>{row.said ? t(row.said) : t('say')}</Button> : null
        }
      >
        <Reasons text={list.text} reasons={row.reasons} score={row.score} />
        {row.why ? <p className="quiet">{row.why}</p> : null}
      </Panel>
      {saying ? (
        <Say list={list} row={row} place={place} whose={whose} onClose={() => setSaying(false)} />
      ) : null}
    </div>
  )
}

function Say({
  list,
  row,
  place,
  whose,
  onClose,
}: {
  list: MatchList
  row: MatchRow
  place: number
  whose: Whose
  onClose: () => void
}) {
  const say = useAct(
    (said: Pick<MatchWord, 'said' | 'why'>) =>
      matchSay({
        ...whose,
        with: list.kind,
        answer: row.identity,
        said: said.said,
        why: said.why || null,
        place,
        score: row.score,
      }),
    { done: t('kept'), refresh: [['matches']], after: onClose },
  )
  return (
    <FormDialog<Pick<MatchWord, 'said' | 'why'>>
      title={t('say')}
      busy={say.busy}
      onOk={say.run}
      onClose={onClose}
    >
      <Form.Item name="said" label={t('say')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['accepted', 'contacted', 'contracted', 'refused'] as const).map((value) => ({
            value,
            label: t(value),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['said']}>
        {(form) => (
          <Form.Item
            name="why"
            label={t('why')}
            rules={[{ required: form.getFieldValue('said') === 'refused' }]}
          >
            <Input.TextArea rows={3} maxLength={300} />
          </Form.Item>
        )}
      </Form.Item>
    </FormDialog>
  )
}
