import { Alert, Form, Input, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { confirmIdentity, onConfirm } from '../api'
import { problemWords } from '../ui'
import { t } from './app.words'
import { House } from './House'

/** Asks for the password when a step wants it again; the request then goes on by itself. */
export function Confirm() {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [cause, setCause] = useState<unknown>()
  const answer = useRef<(ok: boolean) => void>(undefined)
  const [form] = Form.useForm<{ password: string; code?: string }>()
  useEffect(
    () =>
      onConfirm(
        () =>
          new Promise<boolean>((resolve) => {
            answer.current?.(false)
            answer.current = resolve
            setCause(undefined)
            setOpen(true)
          }),
      ),
    [],
  )
  const end = (ok: boolean) => {
    setOpen(false)
    answer.current?.(ok)
    answer.current = undefined
  }
  const prove = async (given: { password: string; code?: string }) => {
    setBusy(true)
    try {
      await confirmIdentity(given.password, given.code)
      end(true)
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
      onCancel={() => end(false)}
      destroyOnHidden
      afterOpenChange={(shown) => shown && form.focusField('password')}
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
