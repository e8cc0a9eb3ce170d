import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { useRef, useState } from 'react'
import {
  type JobBank,
  type LedgerIssueOp,
  type LedgerMany,
  type LedgerPointsOp,
  type LedgerSettleOp,
  type LedgerTermOp,
  ledgerAnswers,
  ledgerBatch,
  ledgerBatchFile,
  ledgerIssue,
  ledgerPoints,
  ledgerSettle,
  ledgerTerm,
  save,
  useJob,
  useMay,
} from '../../api'
import { runs } from '../../api/queries'
import { Panel, useAct } from '../../ui'
import { JobDialog } from '../../ui/Job'
import { RunStatus } from '../../ui/RunStatus'
import { type Field, OpButton } from './Ask'
import { t } from './ledger.words'
import { usePolicyLines, useRunItems } from './points'

const refresh = [['ledger']]

/** From the scores of a run to points, from points to money, and the file to the bank. */
export function Settle() {
  const may = {
    rate: useMay('ledger_term'),
    settle: useMay('ledger_settle'),
    batch: useMay('ledger_batch'),
    answers: useMay('ledger_answers'),
    points: useMay('ledger_points'),
  }
  return (
    <div className="panels">
      <Issue />
      {may.rate ? <Terms /> : null}
      {may.settle ? <Convert /> : null}
      {may.batch ? <Batch /> : null}
      {may.answers ? <Answers /> : null}
      {may.points ? <Points /> : null}
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
            notFoundContent={t('noFinal')}
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

const what = (options: Field['options']): Field => ({
  name: 'what',
  label: 'doWhat',
  type: 'choice',
  options: options ?? [],
})
const POLICY: Field = { name: 'policy', type: 'policy' }
const YEAR: Field = { name: 'year', type: 'year' }
const DECISION: Field = { name: 'decision' }

/** What the points of a policy are worth, how much one may get, how long they live, who counts as one. */
function Terms() {
  return (
    <Panel title={t('terms')}>
      <p className="quiet">{t('termsNote')}</p>
      <OpButton
        title={t('terms')}
        small={false}
        initial={{ what: 'rate' }}
        fields={[
          what(['rate', 'cap', 'life', 'group']),
          { ...POLICY, when: ['rate', 'cap', 'life'] },
          { ...YEAR, when: ['rate', 'cap'] },
          { name: 'amount', label: 'yuan', type: 'yuan', when: ['rate', 'cap'] },
          { name: 'high', label: 'rateHigh', type: 'yuan', when: ['rate'], free: true },
          { name: 'years', label: 'lifeYears', when: ['life'] },
          { name: 'subject', label: 'subjectId', when: ['group'] },
          { name: 'group', label: 'groupName', when: ['group', 'cap'], free: true },
          { ...DECISION, when: ['rate', 'life'] },
        ]}
        act={(op: LedgerTermOp) => ledgerTerm({ ...op, years: op.years ? Number(op.years) : null })}
      />
    </Panel>
  )
}

/** Points of one subject: used for something else, expired, turned into money, or given on a receipt. */
function Points() {
  return (
    <Panel title={t('onePoints')}>
      <p className="quiet">{t('onePointsNote')}</p>
      <OpButton
        title={t('onePoints')}
        small={false}
        initial={{ what: 'spend' }}
        fields={[
          what(['spend', 'expire', 'convert', 'issueOne']),
          { name: 'subject', label: 'subjectId' },
          POLICY,
          YEAR,
          { name: 'points', label: 'pointsMany', type: 'points', when: ['spend', 'convert', 'issueOne'] },
          { name: 'receipt', label: 'receiptAs', when: ['issueOne'] },
          { ...DECISION, when: ['convert'] },
          { name: 'note', label: 'spendFor', type: 'note', when: ['spend'] },
        ]}
        act={(op: Omit<LedgerPointsOp, 'what'> & { what: string }) =>
          ledgerPoints({ ...op, what: op.what === 'issueOne' ? 'issue' : op.what } as LedgerPointsOp)
        }
      />
    </Panel>
  )
}

/** The bank's file of answers: matched line by line by a job, which gives back what it found. */
function Answers() {
  const input = useRef<HTMLInputElement>(null)
  const [job, setJob] = useState<number>()
  const [got, setGot] = useState<JobBank>()
  const send = useAct((file: File) => ledgerAnswers({ name: file.name }, file), {
    done: '',
    after: (asked) => setJob(asked.job),
  })
  const client = useQueryClient()
  const found = useJob(job).data?.outcome?.bank
  return (
    <Panel title={t('answers')}>
      <p className="quiet">{t('answersNote')}</p>
      <Button loading={send.busy} onClick={() => input.current?.click()}>
        {t('answersFile')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx,.xls"
        aria-label={t('answersFile')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) send.run(file)
          event.target.value = '' // the same file may be chosen again
        }}
      />
      <p role="status">
        {got ? t('answersFound', { ...got, others: got.differ + got.unknown + got.duplicate }) : null}
      </p>
      <JobDialog
        job={job}
        title={t('answers')}
        onClose={() => {
          setJob(undefined)
          if (found) setGot(found)
          void client.invalidateQueries({ queryKey: ['ledger'] })
        }}
      />
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
