import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, App, Button, Form, Input, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  type LedgerStep,
  type LedgerStory,
  type LedgerWhy,
  ledgerApprove,
  ledgerCancel,
  ledgerPayment,
  useMay,
} from '../../api'
import { usePolicyName } from '../../api/queries'
import { Answer, Decimal, Facts, FormDialog, Moment, Money, Page, Panel, useAct } from '../../ui'
import { RunStatus, runsOf } from '../../ui/RunStatus'
import { t } from './ledger.words'

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
                [t('reclaimed'), <Money key="r" yuan={one.reclaimed} />],
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

/** An operation 12-0 is the first of act 12. */
const ActLink = ({ n }: { n: number | string }): ReactNode =>
  useMay('act_get') ? (
    <Link to="/acts/$act" params={{ act: String(n).split('-')[0]! }}>
      {t('openAct', { n })}
    </Link>
  ) : (
    <span className="quiet">{t('openAct', { n })}</span>
  )

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
                  <span key="r">
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
    <Space>
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
