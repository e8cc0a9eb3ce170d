import './needs.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input, InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import {
  type PairingLock,
  type PairingPair,
  type PairingView,
  type PairingWord,
  pairingGet,
  pairingGiveUp,
  pairingLimit,
  pairingLock,
  pairingPropose,
  pairingPublish,
  useMay,
} from '../../api'
import { Answer, Facts, FormDialog, Nothing, Page, Panel, PlainTable, useAct } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { t } from './rounds.words'

const route = getRouteApi('/inside/rounds/$number')
const SHOWN = 100

/** One round: who gets whom, by other limits as well; pairs are locked, somebody proposes, another publishes. */
export function Round() {
  const round = Number(route.useParams().number)
  const tried = route.useSearch()
  const answer = useQuery({
    queryKey: ['pairings', round, tried],
    queryFn: ({ signal }) =>
      pairingGet(
        {
          round,
          need: null,
          each: tried.each ?? null,
          places: tried.places ?? null,
          split: tried.split ?? null,
          floor: tried.floor ?? null,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const view = answer.data
  const of = view?.round
  return (
    <Page
      title={`${t('round', { n: round })} ${of?.title ?? ''}`}
      aside={of ? <span className="quiet">{t(of.state)}</span> : null}
      help="officer#rounds"
      actions={view ? <Acts of={view} /> : null}
    >
      <Answer of={answer}>
        {(all) => (
          <>
            <Limits view={all} />
            <Sums view={all} />
            <Pairs view={all} />
          </>
        )}
      </Answer>
    </Page>
  )
}

const isOpen = (view: PairingView) => view.round.state === 'draft' || view.round.state === 'proposed'
const refresh = [['pairings']]

/* --- limits --- */

function Limits({ view }: { view: PairingView }) {
  const go = route.useNavigate()
  const may = useMay('pairing_limit') && isOpen(view)
  const keep = useAct(() => pairingLimit({ round: view.round.round }, view.limits), {
    refresh,
    after: () => void go({ search: {} }),
  })
  if (!may) return null
  const set = (to: Partial<ReturnType<typeof route.useSearch>>) =>
    void go({ search: (was) => ({ ...was, ...to }), replace: true })
  const number = (key: 'each' | 'places' | 'floor', least: number, most: number) => (
    <Form.Item label={t(key)}>
      <InputNumber
        aria-label={t(key)}
        min={least}
        max={most}
        precision={0}
        value={view.limits[key]}
        onChange={(n) => set({ [key]: n ?? undefined })}
      />
    </Form.Item>
  )
  return (
    <Panel title={t('limits')}>
      <Form layout="vertical" className="round-limits">
        {number('each', 1, 64)}
        {number('places', 0, 65535)}
        <Form.Item label={t('split')}>
          <Select
            aria-label={t('split')}
            value={view.limits.split}
            onChange={(split) => set({ split })}
            options={(['whole', 'place', 'chain'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Form.Item>
        {number('floor', 0, 65535)}
      </Form>
      {view.trial ? (
        <Alert
          type="info"
          showIcon
          title={t('trial')}
          action={
            <Space>
              <Button onClick={() => void go({ search: {} })}>{t('back')}</Button>
              <Button type="primary" loading={keep.busy} onClick={() => keep.run(undefined)}>
                {t('keep')}
              </Button>
            </Space>
          }
        />
      ) : null}
    </Panel>
  )
}

/* --- what it comes to --- */

function Sums({ view }: { view: PairingView }) {
  const placeName = usePlaceName()
  return (
    <Panel>
      <Facts
        of={[
          ...(isOpen(view) ? [[t('needs'), view.needs] as const] : []),
          [t('pairs'), <b key="n">{view.pairs}</b>],
          ...(isOpen(view) ? [[t('alone'), view.alone] as const] : []),
          [t('score'), view.score],
        ]}
      />
      {view.groups.length > 0 ? (
        <PlainTable
          caption={t('groups')}
          head={[t('group'), t('needs'), t('got'), t('least')]}
          named
          rows={view.groups.map((one) => ({
            key: one.group,
            className: one.got < one.least ? 'round-short' : undefined,
            cells: [
              view.limits.split === 'place' && one.group ? placeName(one.group) : one.group || '—',
              one.needs,
              one.got,
              one.least,
            ],
          }))}
        />
      ) : null}
      {view.scarce.length > 0 ? (
        <PlainTable
          caption={t('scarce')}
          named
          rows={view.scarce.map((one) => ({
            key: one.answer,
            cells: [one.answer, t('more', { pairs: one.pairs, score: one.score })],
          }))}
        />
      ) : null}
    </Panel>
  )
}

/* --- pairs --- */

function Pairs({ view }: { view: PairingView }) {
  const placeName = usePlaceName()
  const [text, setText] = useState('')
  const [most, setMost] = useState(SHOWN)
  const [need, setNeed] = useState<PairingPair>()
  const found = view.rows.filter((one) =>
    [one.need, one.need_name, one.answer, one.name, placeName(one.place), one.chain].some((word) =>
      word?.includes(text),
    ),
  )
  return (
    <Panel
      title={t('rows')}
      extra={
        <Input.Search
          aria-label={t('find')}
          placeholder={t('find')}
          allowClear
          onChange={(event) => setText(event.target.value.trim())}
        />
      }
    >
      {found.length > 0 ? (
        <Table view={view} rows={found.slice(0, most)} {...(isOpen(view) && { onNeed: setNeed })} />
      ) : (
        <Nothing say={t(view.rows.length > 0 ? 'notFound' : 'nonePaired')} />
      )}
      {found.length > most ? (
        <Button onClick={() => setMost(most + SHOWN)}>{t('next', { n: found.length - most })}</Button>
      ) : null}
      {need ? <Candidates view={view} need={need} onClose={() => setNeed(undefined)} /> : null}
    </Panel>
  )
}

function Table({
  view,
  rows,
  onNeed,
}: {
  view: PairingView
  rows: readonly PairingPair[]
  onNeed?: (need: PairingPair) => void
}) {
  const placeName = usePlaceName()
  const may = useMay('pairing_lock') && isOpen(view)
  const lock = useAct((one: PairingLock) => pairingLock({ round: view.round.round }, { locks: [one] }), {
    refresh,
  })
  return (
    <PlainTable
      label={t('rows')}
      head={[t('need'), t('answer'), t('one'), t('rank'), ...(may ? [t('lock')] : [])]}
      rows={rows.map((one) => ({
        key: `${one.need} ${one.answer}`,
        className: one.taken ? undefined : 'quiet',
        cells: [
          <div key="need">
            <div>
              <Link
                to="/matches/$kind/$id"
                params={{ kind: view.round.kind, id: one.need }}
                search={{ with: view.round.with }}
              >
                {one.need_name || one.need}
              </Link>
            </div>
            <small className="quiet">
              {[one.need, one.place ? placeName(one.place) : '', one.chain].filter(Boolean).join(' · ')}
            </small>
          </div>,
          <span key="answer">
            {one.taken ? <b>{one.answer}</b> : one.answer} {one.name}
          </span>,
          <span key="score" className="num">
            {one.score}
          </span>,
          <span key="rank" className="num">
            {one.rank}
          </span>,
          ...(may
            ? [
                <Space key="lock" wrap>
                  {(['in', 'out'] as const).map((how) => (
                    <Button
                      key={how}
                      size="small"
                      aria-pressed={one.lock === how}
                      type={one.lock === how ? 'primary' : 'default'}
                      disabled={lock.busy}
                      onClick={() =>
                        lock.run({
                          need: one.need,
                          answer: one.answer,
                          lock: one.lock === how ? 'free' : how,
                          why: null,
                        })
                      }
                    >
                      {t(how)}
                    </Button>
                  ))}
                  {onNeed ? (
                    <Button size="small" type="link" onClick={() => onNeed(one)}>
                      {t('others')}
                    </Button>
                  ) : null}
                </Space>,
              ]
            : []),
        ],
      }))}
    />
  )
}

/** All that were found for one need: another may be locked. */
function Candidates({ view, need, onClose }: { view: PairingView; need: PairingPair; onClose: () => void }) {
  const round = view.round.round
  const answer = useQuery({
    queryKey: ['pairings', round, 'need', need.need],
    queryFn: ({ signal }) =>
      pairingGet({ round, need: need.need, each: null, places: null, split: null, floor: null }, { signal }),
  })
  return (
    <FormDialog
      title={`${t('others')}：${need.need_name || need.need}`}
      busy={false}
      onOk={onClose}
      onClose={onClose}
    >
      <Answer of={answer}>{(all) => <Table view={view} rows={all.rows} />}</Answer>
    </FormDialog>
  )
}

/* --- acts --- */

const ACTS = { propose: pairingPropose, publish: pairingPublish, giveUp: pairingGiveUp }

function Acts({ of: view }: { of: PairingView }) {
  const [asked, setAsked] = useState<keyof typeof ACTS>()
  const { state, round } = view.round
  const may = {
    propose: useMay('pairing_propose') && state === 'draft',
    publish: useMay('pairing_publish') && state === 'proposed',
    giveUp: useMay('pairing_give_up') && isOpen(view),
  }
  const act = useAct((word: PairingWord) => ACTS[asked!]({ round }, { why: word.why || null }), {
    refresh,
    after: () => setAsked(undefined),
  })
  return (
    <Space>
      {(['giveUp', 'propose', 'publish'] as const).map((one) =>
        may[one] ? (
          <Button
            key={one}
            type={one === 'giveUp' ? 'default' : 'primary'}
            disabled={view.trial}
            onClick={() => setAsked(one)}
          >
            {t(one)}
          </Button>
        ) : null,
      )}
      {asked ? (
        <FormDialog<PairingWord>
          title={t(asked)}
          busy={act.busy}
          onOk={act.run}
          onClose={() => setAsked(undefined)}
        >
          {asked === 'publish' ? <p>{t('publishNote')}</p> : null}
          <Form.Item name="why" label={t('remark')}>
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Space>
  )
}
