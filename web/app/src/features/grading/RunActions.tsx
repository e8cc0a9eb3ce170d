import { Button, Form, Input, InputNumber, Space } from 'antd'
import { useState } from 'react'
import {
  type RunDetail,
  type RunNotice,
  type RunReason,
  runCompute,
  runFinish,
  runPublish,
  runReview,
  runWithdraw,
  useMay,
} from '../../api'
import { FormDialog, useAct } from '../../ui'
import { t } from './grading.words'
import { Reason } from './Reason'
import { RunNew, today } from './RunNew'

type Asking = 'review' | 'publish' | 'withdraw' | 'correct' | undefined

/** What can be done with a run as it stands, by who is here. The server has the last word. */
export function RunActions({ of }: { of: RunDetail }) {
  const run = of.run
  const [asking, setAsking] = useState<Asking>()
  const refresh = [['runs'], ['subjects']]
  const then = () => setAsking(undefined)
  const compute = useAct(() => runCompute({ run }), { done: t('computed'), refresh })
  const review = useAct((why: RunReason) => runReview({ run }, why), {
    done: t('reviewed'),
    refresh,
    after: then,
  })
  const publish = useAct((notice: RunNotice) => runPublish({ run }, notice), { refresh, after: then })
  const finish = useAct(() => runFinish({ run }), { refresh })
  const withdraw = useAct((why: RunReason) => runWithdraw({ run }, why), { refresh, after: then })
  const may = {
    compute: useMay('run_compute') && of.state === 'draft',
    review: useMay('run_review') && of.state === 'computed',
    publish: useMay('run_publish') && of.state === 'reviewed',
    finish: useMay('run_finish') && of.state === 'notice',
    withdraw: useMay('run_withdraw') && ['draft', 'computed', 'reviewed', 'notice'].includes(of.state),
    correct: useMay('run_new') && ['notice', 'final'].includes(of.state),
  }
  return (
    <Space wrap>
      {may.compute ? (
        <Button type="primary" loading={compute.busy} onClick={() => compute.run(undefined)}>
          {t('compute')}
        </Button>
      ) : null}
      {may.review ? (
        <Button type="primary" onClick={() => setAsking('review')}>
          {t('review')}
        </Button>
      ) : null}
      {may.publish ? (
        <Button type="primary" onClick={() => setAsking('publish')}>
          {t('publish')}
        </Button>
      ) : null}
      {may.finish ? (
        <Button type="primary" loading={finish.busy} onClick={() => finish.run(undefined)}>
          {t('finish')}
        </Button>
      ) : null}
      {may.correct ? <Button onClick={() => setAsking('correct')}>{t('correct')}</Button> : null}
      {may.withdraw ? (
        <Button danger onClick={() => setAsking('withdraw')}>
          {t('withdraw')}
        </Button>
      ) : null}
      {asking === 'review' ? (
        <FormDialog<RunReason> title={t('review')} busy={review.busy} onOk={review.run} onClose={then}>
          <Reason />
        </FormDialog>
      ) : null}
      {asking === 'withdraw' ? (
        <FormDialog<RunReason> title={t('withdraw')} busy={withdraw.busy} onOk={withdraw.run} onClose={then}>
          <Reason />
        </FormDialog>
      ) : null}
      {asking === 'publish' ? (
        <FormDialog<RunNotice>
          title={t('publish')}
          busy={publish.busy}
          initial={{ first: today(), days: 5 }}
          onOk={publish.run}
          onClose={then}
        >
          <Form.Item name="first" label={t('firstDay')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="days" label={t('workdays')} extra={t('noticeNote')} rules={[{ required: true }]}>
            <InputNumber min={1} max={60} precision={0} />
          </Form.Item>
          <p className="quiet">{t('twoPersons')}</p>
        </FormDialog>
      ) : null}
      {asking === 'correct' ? <RunNew corrects={of} onClose={then} /> : null}
    </Space>
  )
}
