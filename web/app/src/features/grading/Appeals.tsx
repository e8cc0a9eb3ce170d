import './grading.css'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import {
  type Appeal,
  type AppealVerdict,
  type RunAppeal,
  type RunDetail,
  runAppeal,
  runDecide,
  useMay,
  useMe,
} from '../../api'
import { FormDialog, Moment, Nothing, Panel, useAct } from '../../ui'
import { t } from './grading.words'
import { Reason } from './Reason'

/** Objections to a published run, and the answers to them. */
export function Appeals({ of }: { of: RunDetail }) {
  const mayAppeal = useMay('run_appeal') && of.state === 'notice'
  const mayDecide = useMay('run_decide')
  const [filing, setFiling] = useState(false)
  const [deciding, setDeciding] = useState<Appeal>()
  return (
    <Panel
      title={t('appeals')}
      extra={mayAppeal ? <Button onClick={() => setFiling(true)}>{t('appeal')}</Button> : null}
    >
      {of.appeals.length === 0 ? <Nothing say={t('noAppeals')} /> : null}
      <ul className="appeals">
        {of.appeals.map((one) => (
          <li key={one.appeal}>
            <div>
              <Link to="/subjects/$kind/$id" params={{ kind: of.kind, id: one.identity }}>
                {one.identity}
              </Link>{' '}
              {one.actor} <Moment at={one.at} /> <b>{t(one.verdict)}</b>
            </div>
            <p>{one.text}</p>
            {one.why ? <p className="quiet">→ {one.why}</p> : null}
            {one.verdict === 'upheld' ? <p className="quiet">{t('upheldNote')}</p> : null}
            {one.verdict === 'open' && mayDecide ? (
              <Button size="small" onClick={() => setDeciding(one)}>
                {t('decide')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {filing ? <File run={of.run} onClose={() => setFiling(false)} /> : null}
      {deciding ? <Decide of={deciding} onClose={() => setDeciding(undefined)} /> : null}
    </Panel>
  )
}

function File({ run, onClose }: { run: number; onClose: () => void }) {
  const me = useMe()
  const file = useAct((body: RunAppeal) => runAppeal({ run }, body), {
    done: t('appealed'),
    refresh: [['runs']],
    after: onClose,
  })
  return (
    <FormDialog<RunAppeal>
      title={t('appeal')}
      busy={file.busy}
      initial={{ id: me.subject_id }}
      onOk={file.run}
      onClose={onClose}
    >
      <Form.Item name="id" label={t('appealId')} rules={[{ required: true }]}>
        <Input disabled={me.subject_id !== ''} />
      </Form.Item>
      <Form.Item name="text" label={t('appealText')} rules={[{ required: true, message: t('whyNeeded') }]}>
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Form.Item>
    </FormDialog>
  )
}

function Decide({ of, onClose }: { of: Appeal; onClose: () => void }) {
  const decide = useAct((body: AppealVerdict) => runDecide({ appeal: of.appeal }, body), {
    refresh: [['runs']],
    after: onClose,
  })
  return (
    <FormDialog<AppealVerdict> title={t('decide')} busy={decide.busy} onOk={decide.run} onClose={onClose}>
      <p>{of.text}</p>
      <Form.Item name="verdict" label={t('verdict')} rules={[{ required: true }]}>
        <Radio.Group
          options={[
            { value: 'upheld', label: t('upheld') },
            { value: 'rejected', label: t('rejected') },
          ]}
        />
      </Form.Item>
      <Reason />
    </FormDialog>
  )
}
