import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { caseBid, caseBidOpen, caseBoard, type MatchCall, matchCalls } from '../../api'
import { Answer, FormDialog, Money, Nothing, Page, Panel, useAct } from '../../ui'
import { fen, type Kept, keepBid, keptBids, newSecret, seal } from './bids'
import { t } from './needs.words'
import { Marked, Reasons } from './Text'

interface Call {
  number: number
  title: string
}

/** The home of whoever can be of use: calls that suit them, their bids. */
export function Calls() {
  const answer = useQuery({
    queryKey: ['matches', 'calls'],
    queryFn: ({ signal }) => matchCalls({ limit: 20 }, { signal }),
  })
  const [bidding, setBidding] = useState<Call>()
  const [kept, setKept] = useState(keptBids)
  return (
    <Page title={t('calls')} help="expert#calls">
      <p className="quiet">{t('callsNote')}</p>
      <Bids kept={kept} onChange={() => setKept(keptBids())} />
      <Answer of={answer}>
        {(all) => (
          <>
            <Panel title={t('profile')}>
              <Marked text={all.text} reasons={all.calls.flatMap((one) => one.reasons)} side="asked" />
            </Panel>
            {all.calls.length > 0 ? <h2>{t('suit')}</h2> : <Nothing say={t('none')} />}
            {all.calls.map((one) => (
              <Suited key={one.number} of={one} all={all.text} onBid={setBidding} />
            ))}
            <Others without={all.calls.map((one) => one.number)} onBid={setBidding} />
          </>
        )}
      </Answer>
      {bidding ? (
        <Bid
          of={bidding}
          onClose={() => {
            setBidding(undefined)
            setKept(keptBids())
          }}
        />
      ) : null}
    </Page>
  )
}

function Suited({
  of,
  all,
  onBid,
}: {
  of: MatchCall
  all: Parameters<typeof Reasons>[0]['text']
  onBid: (call: Call) => void
}) {
  return (
    <Panel
      title={of.title || of.type}
      extra={
        of.bidding ? (
          <Button type="primary" onClick={() => onBid(of)}>
            {t('bid')}
          </Button>
        ) : (
          of.state
        )
      }
    >
      <div className="match-call">
        <div>
          <Marked text={of.text} reasons={of.reasons} side="found" />
          {of.due ? (
            <p className="quiet">
              {t('due')} {of.due}
            </p>
          ) : null}
        </div>
        <Reasons text={all} reasons={of.reasons} score={of.score} />
      </div>
    </Panel>
  )
}

function Others({ without, onBid }: { without: readonly number[]; onBid: (call: Call) => void }) {
  const answer = useQuery({
    queryKey: ['cases', 'board', undefined, 'others'],
    queryFn: ({ signal }) => caseBoard({ type: null, before: null }, { signal }),
  })
  const rows = (answer.data?.cases ?? []).filter((one) => one.bidding && !without.includes(one.number))
  return (
    <Panel title={t('others')}>
      <Answer
        of={answer}
        empty={() => rows.length === 0}
        nothing={<Nothing say={t(without.length > 0 ? 'noOthers' : 'noCalls')} />}
        rows={2}
      >
        {() => (
          <ul className="plain-list">
            {rows.map((one) => (
              <li key={one.number} className="match-other">
                <span>
                  <b>{one.title || one.type}</b>{' '}
                  <span className="quiet">
                    {one.state} {one.due ? `${t('due')} ${one.due}` : null}
                  </span>
                </span>
                <Button onClick={() => onBid(one)}>{t('bid')}</Button>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}

interface Offer {
  price: string
  text: string
}

function Bid({ of, onClose }: { of: Call; onClose: () => void }) {
  const secure = globalThis.crypto?.subtle !== undefined
  const [sealed, setSealed] = useState<number>()
  const offer = useAct(
    async ({ price, text }: Offer) => {
      const secret = newSecret()
      const made = await caseBid({ number: of.number }, { seal: await seal(fen(price) ?? '', text, secret) })
      return { number: of.number, bid: made.bid, title: of.title, price, text, secret, opened: false }
    },
    {
      after: (kept) => {
        keepBid(kept)
        download(kept)
        setSealed(kept.bid)
      },
    },
  )
  const told = !secure ? t('insecure') : sealed === undefined ? undefined : t('sealed', { n: sealed })
  return (
    <FormDialog<Offer>
      title={`${t('bid')}：${of.title}`}
      busy={offer.busy}
      onOk={secure && sealed === undefined ? offer.run : onClose}
      onClose={onClose}
    >
      {told ? <Alert type={secure ? 'success' : 'error'} title={told} /> : null}
      {secure && sealed === undefined ? (
        <>
          <Form.Item
            name="price"
            label={t('price')}
            rules={[
              { required: true },
              {
                validator: (_, value: string) =>
                  fen(value ?? '') ? Promise.resolve() : Promise.reject(new Error(t('price'))),
              },
            ]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="text" label={t('proposal')} rules={[{ required: true }]}>
            <Input.TextArea rows={5} maxLength={4000} showCount />
          </Form.Item>
        </>
      ) : null}
    </FormDialog>
  )
}

/** A copy for the drawer: a browser may forget. */
function download(kept: Kept) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }))
  link.download = `bid-${kept.number}-${kept.bid}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function Bids({ kept, onChange }: { kept: readonly Kept[]; onChange: () => void }) {
  const open = useAct(
    (one: Kept) =>
      caseBidOpen(
        { number: one.number, bid: one.bid },
        { price: one.price, text: one.text, secret: one.secret },
      ),
    {
      after: (_, one) => {
        keepBid({ ...one, opened: true })
        onChange()
      },
    },
  )
  if (kept.length === 0) return null
  return (
    <Panel title={t('mine')}>
      <ul className="plain-list">
        {kept.map((one) => (
          <li key={`${one.number} ${one.bid}`} className="match-other">
            <span>
              <b>{one.title}</b> {t('bidNumber', { n: one.bid })} <Money yuan={one.price} />
            </span>
            {one.opened ? (
              <span className="quiet">{t('opened')}</span>
            ) : (
              <Button loading={open.busy} onClick={() => open.run(one)}>
                {t('open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
