import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input, InputNumber, Modal, Select } from 'antd'
import { type RunDetail, runNew } from '../../api'
import { Answer, useAct } from '../../ui'
import { t } from './grading.words'
import { rule, rules } from './queries'

interface Filled {
  entry: number
  title?: string
  day: string
  period?: number
}

/** A draft of a run by rules that were published. With `corrects`, one that takes the place of another. */
export function RunNew({ corrects, onClose }: { corrects?: RunDetail; onClose: () => void }) {
  const [form] = Form.useForm<Filled>()
  const book = useQuery(rules)
  const client = useQueryClient()
  const go = useNavigate()
  const draft = useAct(
    async (filled: Filled) => {
      const { text } = await client.ensureQueryData(rule(filled.entry))
      return runNew({
        rules: text,
        day: filled.day,
        title: filled.title || null,
        period: filled.period ?? null,
        replaces: corrects?.run ?? null,
      })
    },
    {
      done: t('drafted'),
      refresh: [['runs']],
      after: ({ run }) => {
        onClose()
        void go({ to: '/runs/$run', params: { run: String(run) } })
      },
    },
  )
  return (
    <Modal
      open
      title={corrects ? t('replaces', { n: corrects.run }) : t('newRun')}
      okText={t('newRun')}
      confirmLoading={draft.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Answer of={book} rows={4}>
        {(data) => (
          <Form
            form={form}
            layout="vertical"
            onFinish={draft.run}
            initialValues={{
              day: corrects?.day ?? today(),
              period: corrects?.period,
              title: corrects?.title,
              entry: data.rules.find((one) => one.hash === corrects?.rules)?.entry,
            }}
          >
            <Form.Item name="entry" label={t('byRules')} rules={[{ required: true }]}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('published')}
                options={data.rules
                  .filter((one) => one.state === 'published' && (!corrects || one.kind === corrects.kind))
                  .map((one) => ({ value: one.entry, label: `${one.name} ${one.version}（${one.kind}）` }))}
              />
            </Form.Item>
            <Form.Item name="title" label={t('title')} extra={t('titleHint')}>
              <Input />
            </Form.Item>
            <Form.Item name="day" label={t('day')} rules={[{ required: true }]}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="period" label={t('period')} extra={t('periodHint')}>
              <InputNumber min={1900} max={2200} precision={0} />
            </Form.Item>
          </Form>
        )}
      </Answer>
    </Modal>
  )
}

/** The day in China, where runs are counted. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
