import { Alert, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { confirmIdentity } from '../api'
import { problemWords } from '../ui'
import { t } from './door.words'
import { House } from './House'

/** The password once more, or another house's word. */
export default function ConfirmDialog({ open, onEnd }: { open: boolean; onEnd: (proven: boolean) => void }) {
  const [busy, setBusy] = useState(false)
  const [cause, setCause] = useState<unknown>()
  const [form] = Form.useForm<{ password: string; code?: string }>()
  const prove = async (given: { password: string; code?: string }) => {
    setBusy(true)
    try {
      await confirmIdentity(given.password, given.code)
      onEnd(true)
    } catch (refused) {
      setCause(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      title={t('confirmTitle')}
      okText={t('confirm')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => onEnd(false)}
      destroyOnHidden
      afterOpenChange={(shown) => (shown ? form.focusField('password') : setCause(undefined))}
    >
      <p>{t('confirmWhy')}</p>
      {cause === undefined ? null : <Alert type="error" title={problemWords(cause).title} showIcon />}
      <Form form={form} layout="vertical" onFinish={prove} preserve={false} requiredMark={false}>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('needPassword') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="code" label={t('code')} extra={t('codeTip')}>
          <Input inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
        <button type="submit" hidden />
      </Form>
      <House confirm back={location.pathname + location.search} />
    </Modal>
  )
}
