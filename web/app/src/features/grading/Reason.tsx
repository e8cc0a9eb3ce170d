import { Form, Input } from 'antd'
import { t } from './grading.words'

/** The reason that a step goes on record with. */
export const Reason = () => (
  <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
    <Input.TextArea rows={3} maxLength={500} showCount />
  </Form.Item>
)
