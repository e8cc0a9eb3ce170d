import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import {
  type LedgerIssueOp,
  type LedgerMany,
  type LedgerSettleOp,
  type LedgerTermOp,
  ledgerBatch,
  ledgerBatchFile,
  ledgerIssue,
  ledgerSettle,
  ledgerTerm,
  save,
  useMay,
} from '../../api'
import { runs } from '../../api/queries'
import { Panel, useAct } from '../../ui'
import { RunStatus } from '../../ui/RunStatus'
import { t } from './ledger.words'
import { usePolicyLines, useRunItems } from './points'

const refresh = [['ledger']]

/** From the scores of a run to points, from points to money, and the file to the bank. */
export function Settle() {
  const may = { rate: useMay('ledger_term'), settle: useMay('ledger_settle'), batch: useMay('ledger_batch') }
  return (
    <div className="panels">
      <Issue />
      {may.rate ? <Rate /> : null}
      {may.settle ? <Convert /> : null}
      {may.batch ? <Batch /> : null}
    </div>
  )
}

const needed = [{ required: true }]

function Issue() {
  const book = useQuery(runs)
  const [got, setGot] = useState<LedgerMany>()
  const issue = useAct((op: LedgerIssueOp) => ledgerIssue(op), { refresh, after: setGot })
  const [form] = Form.useForm<LedgerIssueOp>()
  const run = Form.useWatch('run', form)
  const items = useRunItems(run)
  return (
    <Panel title={t('issue')} extra={<RunStatus of={run ? [run] : []} />}>
      <p className="quiet">{t('issueNote')}</p>
      <Form<LedgerIssueOp> name="issue" form={form} layout="vertical" onFinish={issue.run}>
        <Form.Item name="run" label={t('run')} rules={needed}>
          <Select
            loading={book.isPending}
            onChange={() => form.resetFields(['item'])}
            options={(book.data?.runs ?? [])
              .filter((one) => one.state === 'final')
              .map((one) => ({ value: one.run, label: `${one.run} ${one.title} ${one.period}` }))}
          />
        </Form.Item>
        <Form.Item name="item" label={t('item')} rules={needed}>
          <Select showSearch disabled={!items.chosen} loading={items.busy} options={items.options} />
        </Form.Item>
        <Year />
        <Button type="primary" htmlType="submit" loading={issue.busy}>
          {t('issue')}
        </Button>
      </Form>
      <p role="status">
        {got ? t('issuedDone', { n: got.subjects, points: got.points, unknown: got.unknown }) : null}
      </p>
    </Panel>
  )
}

/** The policy and the year: points of another year or policy are others. */
function Year() {
  const lines = usePolicyLines()
  return (
    <>
      <Form.Item name="policy" label={t('policy')} rules={needed}>
        <AutoComplete options={lines} defaultActiveFirstOption />
      </Form.Item>
      <Form.Item name="year" label={t('year')} rules={needed}>
        <InputNumber min={2000} max={2200} precision={0} />
      </Form.Item>
    </>
  )
}

function Rate() {
  const rate = useAct((op: LedgerTermOp) => ledgerTerm({ ...op, what: 'rate' }), { refresh })
  return (
    <Panel title={t('rate')}>
      <Form<LedgerTermOp> name="rate" layout="vertical" onFinish={rate.run}>
        <Year />
        <Form.Item
          name="amount"
          label={t('rateLabel')}
          rules={[{ required: true, pattern: /^\d+(\.\d{1,2})?$/ }]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="decision" label={t('decision')} rules={needed}>
          <Input />
        </Form.Item>
        <Button htmlType="submit" loading={rate.busy}>
          {t('rate')}
        </Button>
      </Form>
    </Panel>
  )
}

/** Terms of a decision beside the rate, as they were tried out. */
const LIMITS = ['floor', 'cap', 'budget'] as const

function Convert() {
  const [got, setGot] = useState<LedgerMany>()
  const settle = useAct(
    (op: LedgerSettleOp) =>
      ledgerSettle({ ...op, floor: op.floor || null, cap: op.cap || null, budget: op.budget || null }),
    { refresh, after: setGot },
  )
  return (
    <Panel title={t('settleYear')}>
      <p className="quiet">{t('settleNote')}</p>
      <Form<LedgerSettleOp> name="settle" layout="vertical" onFinish={settle.run}>
        <Year />
        <Form.Item name="decision" label={t('decision')} rules={needed}>
          <Input />
        </Form.Item>
        {LIMITS.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`term_${name}`)}
            rules={[{ pattern: /^\d+(\.\d{1,4})?$/ }]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={settle.busy}>
          {t('settleYear')}
        </Button>
      </Form>
      <p role="status">
        {got ? t('settled', { n: got.subjects, points: got.points, yuan: got.yuan }) : null}{' '}
        {got && got.below + got.capped > 0 ? t('settledBy', { below: got.below, capped: got.capped }) : null}
      </p>
    </Panel>
  )
}

function Batch() {
  const [act, setAct] = useState<number>()
  const batch = useAct(() => ledgerBatch({}), {
    done: t('batchDone'),
    refresh,
    after: (done) => setAct(done.act),
  })
  const file = useAct(async ({ n, form }: { n: number; form: 'xlsx' | 'csv' }) =>
    save(await ledgerBatchFile({ act: n, form }), `payments-${n}.${form}`),
  )
  return (
    <Panel title={t('sendBatch')}>
      <Button type="primary" loading={batch.busy} onClick={() => batch.run(undefined)}>
        {t('sendBatch')}
      </Button>
      {act === undefined ? null : (
        <p>
          {t('batchTotals')}{' '}
          <Button loading={file.busy} onClick={() => file.run({ n: act, form: 'xlsx' })}>
            {t('download')}
          </Button>{' '}
          <Button type="link" onClick={() => file.run({ n: act, form: 'csv' })}>
            CSV
          </Button>
        </p>
      )}
    </Panel>
  )
}
