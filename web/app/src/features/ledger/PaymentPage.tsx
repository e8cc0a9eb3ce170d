import './ledger.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, App, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import {
  type LedgerAnswerOp,
  type LedgerPayeeOp,
  type LedgerReclaimOp,
  type LedgerStep,
  type LedgerStory,
  type LedgerWhy,
  ledgerAmend,
  ledgerAnswer,
  ledgerApprove,
  ledgerCancel,
  ledgerPayment,
  ledgerReclaim,
  useMay,
} from '../../api'
import { usePolicyName } from '../../api/queries'
import { Answer, Decimal, Facts, FormDialog, Moment, Money, Page, Panel, useAct } from '../../ui'
import { RunStatus, runsOf } from '../../ui/RunStatus'
import { ActLink } from './ActLink'
import { OpButton } from './Ask'
import { t } from './ledger.words'
import { PAYEE } from './Open'

const route = getRouteApi('/inside/ledger/payments/$payment')

/** One payment, from the rule and the facts that earned it to the bank's answer. */
export function PaymentPage() {
  const { payment } = route.useParams()
  const policyName = usePolicyName()
  const answer = useQuery({
    queryKey: ['ledger', 'payments', payment],
    queryFn: ({ signal }) => ledgerPayment({ payment }, { signal }),
  })
  return (
    <Answer of={answer}>
      {(one) => (
        <Page
          title={t('payment', { n: one.payment })}
          help="auditor#payments"
          aside={
            <>
              <RunStatus of={runsOf(one.stands.map((stand) => stand.receipt))} /> <b>{one.state_name}</b>
            </>
          }
          actions={<Actions of={one} />}
        >
          <Panel>
            <Facts
              of={[
                [t('amount'), <Money key="a" yuan={one.amount} />],
                [t('subject'), one.subject],
                [t('policy'), policyName(one.policy)],
                [t('year'), one.year],
                [t('decision'), one.decision],
                [t('payee'), one.payee],
                [t('bank'), one.bank],
                [t('accountNo'), one.account],
                [t('reclaimed'), <Reclaimed key="r" of={one} />],
              ]}
            />
          </Panel>
          <Story of={one} />
          <Stands of={one} />
          {one.lacks.length > 0 ? (
            <Alert type="warning" showIcon title={t('lacks')} description={one.lacks.join('；')} />
          ) : null}
        </Page>
      )}
    </Answer>
  )
}

/** What is asked back, and the way to what of it is open. */
const Reclaimed = ({ of }: { of: LedgerStory }) => (
  <Link to="/ledger" search={{ tab: 'open', what: 'clawback', subject: of.subject }} className="opens">
    <Money yuan={of.reclaimed} />
  </Link>
)

function Story({ of }: { of: LedgerStory }) {
  return (
    <Panel title={t('story')}>
      <ol className="timeline">
        <Step name={t('root')} of={of.root} />
        <Step name={t('due')} of={of.due} />
        <Step name={t('request')} of={of.request} />
        {of.approvals.map((one) => (
          <li key={one.act}>
            <b>{t('approve')}</b> {one.who} <Moment at={one.at} /> <ActLink n={one.act} />
          </li>
        ))}
        {of.batch ? (
          <li>
            <b>{t('batch')}</b> {t('batchAt', { act: of.batch, line: of.line ?? 0 })}
          </li>
        ) : null}
        {of.answer ? (
          <Step name={t('bankSaid')} of={of.answer} />
        ) : (
          <li className="quiet">
            {t('bankSaid')}：{t('notYet')}
          </li>
        )}
      </ol>
    </Panel>
  )
}

function Step({ name, of }: { name: string; of: LedgerStep }) {
  return (
    <li>
      <b>{name}</b> {of.kind} {of.who} <time dateTime={of.day}>{of.day}</time> <ActLink n={of.operation} />
      {of.note ? <div className="quiet">{of.note}</div> : null}
    </li>
  )
}

function Stands({ of }: { of: LedgerStory }) {
  return (
    <Panel title={t('receipts')}>
      {of.stands.map((one) => {
        const [run, id] = one.receipt.split('/')
        return (
          <Facts
            key={one.receipt + one.operation}
            of={[
              [
                t('receipt'),
                run && /^\d+$/.test(run) && id ? (
                  <span key="r" className="receipt-links">
                    <Link to="/runs/$run" params={{ run }}>
                      {one.receipt}
                    </Link>{' '}
                    <Link to="/explain/$run/$id" params={{ run, id }}>
                      {t('toClause')}
                    </Link>
                  </span>
                ) : (
                  one.receipt
                ),
              ],
              ...(one.points ? ([[t('points'), <Decimal key="p" value={one.points} />]] as const) : []),
              [
                t('rules'),
                <code key="u" className="hash">
                  {one.rules}
                </code>,
              ],
              [
                t('snapshot'),
                <code key="s" className="hash">
                  {one.snapshot}
                </code>,
              ],
              ...(one.evidence
                ? ([
                    [
                      t('evidence'),
                      <code key="e" className="hash">
                        {one.evidence}
                      </code>,
                    ],
                  ] as const)
                : []),
            ]}
          />
        )
      })}
      {of.stands.length === 0 ? <p className="quiet">{t('notYet')}</p> : null}
    </Panel>
  )
}

function Actions({ of }: { of: LedgerStory }) {
  const { modal } = App.useApp()
  const [cancelling, setCancelling] = useState(false)
  const at = { payment: of.payment }
  const refresh = [['ledger']]
  const approve = useAct(() => ledgerApprove(at, { version: of.version }), {
    done: t('approvedDone'),
    refresh,
  })
  const cancel = useAct((why: LedgerWhy) => ledgerCancel(at, why), {
    refresh,
    after: () => setCancelling(false),
  })
  const mayApprove = useMay('ledger_approve') && of.state === 'requested'
  const mayCancel = useMay('ledger_cancel') && of.state === 'requested'
  return (
    <Space wrap>
      <Bank of={of} />
      {mayApprove ? (
        <Button
          type="primary"
          loading={approve.busy}
          onClick={() =>
            modal.confirm({
              title: t('approve'),
              content: t('approveNote', { v: of.version, yuan: of.amount }),
              okText: t('approve'),
              onOk: () => approve.run(undefined),
            })
          }
        >
          {t('approve')}
        </Button>
      ) : null}
      {mayCancel ? (
        <Button danger onClick={() => setCancelling(true)}>
          {t('cancel')}
        </Button>
      ) : null}
      {cancelling ? (
        <FormDialog<LedgerWhy>
          title={t('cancel')}
          busy={cancel.busy}
          onOk={cancel.run}
          onClose={() => setCancelling(false)}
        >
          <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Space>
  )
}

/** What follows by the state it is in: another payee, the bank's answer, money asked back, the payment asked for anew. */
function Bank({ of }: { of: LedgerStory }) {
  const may = {
    amend: useMay('ledger_amend'),
    answer: useMay('ledger_answer'),
    reclaim: useMay('ledger_reclaim'),
    pay: useMay('ledger_pay'),
  }
  const at = { payment: of.payment }
  if (of.state === 'requested' && may.amend)
    return (
      <OpButton
        title={t('amend')}
        small={false}
        fields={PAYEE}
        initial={{ payee: of.payee, bank: of.bank, account: of.account }}
        act={(op: LedgerPayeeOp) => ledgerAmend(at, { ...op, version: of.version })}
      />
    )
  if (of.state === 'sent' && may.answer)
    return (
      <OpButton
        title={t('bankSaid')}
        look="primary"
        small={false}
        fields={[
          { name: 'what', label: 'bankResult', type: 'choice', options: ['paid', 'bounced'] },
          { name: 'amount', label: 'slipAmount', type: 'yuan' },
          { name: 'account', label: 'slipAccount' },
          { name: 'note', label: 'why', type: 'note', when: ['bounced'] },
        ]}
        act={({ what, ...op }: LedgerAnswerOp & { what: string }) =>
          ledgerAnswer(at, { ...op, paid: what === 'paid' })
        }
      />
    )
  if (of.state === 'paid' && may.reclaim)
    return (
      <OpButton
        title={t('reclaim')}
        look="danger"
        small={false}
        fields={[{ name: 'amount', type: 'yuan' }, { name: 'decision' }]}
        act={(op: LedgerReclaimOp) => ledgerReclaim(at, op)}
      />
    )
  if (of.state === 'bounced' && may.pay)
    return (
      <Link to="/ledger" search={{ tab: 'open', what: 'due', subject: of.subject }}>
        {t('payAgain')}
      </Link>
    )
  return null
}
