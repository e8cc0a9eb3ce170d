import { useNavigate } from '@tanstack/react-router'
import { Form, Input, InputNumber } from 'antd'
import { type CaseType, caseOpen, useMe } from '../../api'
import { FormDialog, StatusBadge, useAct } from '../../ui'
import { t } from './cases.words'

interface Filled {
  id: string
  title?: string
  parent?: number
}

/** A new case: whose it is; the form comes on its page. */
export function Open({ type, onClose }: { type: CaseType; onClose: () => void }) {
  const me = useMe()
  const go = useNavigate()
  const open = useAct(
    (filled: Filled) =>
      caseOpen({
        type: type.type,
        kind: type.kind,
        id: filled.id,
        title: filled.title || null,
        parent: filled.parent ?? null,
      }),
    {
      done: t('openDone'),
      refresh: [['cases']],
      after: ({ number }) => {
        onClose()
        void go({ to: '/cases/$number', params: { number: String(number) } })
      },
    },
  )
  const own = me.subject_kind === type.kind ? me.subject_id : ''
  return (
    <FormDialog<Filled>
      title={t('openTitle', { type: type.type })}
      busy={open.busy}
      initial={{ id: own }}
      onOk={open.run}
      onClose={onClose}
    >
      <p className="quiet">
        <StatusBadge status={type.status} /> {type.clause || type.note}
      </p>
      <Form.Item name="id" label={`${t('subjectId')}（${type.kind}）`} rules={[{ required: true }]}>
        <Input disabled={own !== ''} />
      </Form.Item>
      <Form.Item name="title" label={t('title')}>
        <Input maxLength={100} />
      </Form.Item>
      {type.above === '' ? null : (
        <Form.Item name="parent" label={t('above', { type: type.above })}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
      )}
    </FormDialog>
  )
}
