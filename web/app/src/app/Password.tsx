import { useNavigate } from '@tanstack/react-router'
import { Alert, App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { changePassword } from '../api'
import { ProblemLines, problemWords } from '../ui'
import { t } from './app.words'
import { Door } from './Door'
import { t as door } from './door.words'

interface Given {
  old: string
  fresh: string
  again: string
  code?: string
}

export function Password() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [cause, setCause] = useState<unknown>()
  const change = async (given: Given) => {
    setBusy(true)
    try {
      await changePassword(given.old, given.fresh, given.code)
      message.success(door('changed'))
      await navigate({ to: '/' })
    } catch (refused) {
      setCause(refused)
    } finally {
      setBusy(false)
    }
  }
  const words = cause === undefined ? undefined : problemWords(cause)
  const needed = [{ required: true, message: door('needPassword') }]
  return (
    <Door title={t('changePassword')}>
      <p className="quiet">{door('firstPassword')}</p>
      {words ? (
        <Alert type="error" showIcon title={words.title} description={<ProblemLines lines={words.lines} />} />
      ) : null}
      <Form<Given> layout="vertical" onFinish={change} requiredMark={false} size="large">
        <Form.Item name="old" label={door('oldPassword')} rules={needed}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="fresh" label={door('newPassword')} rules={needed}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={door('repeat')}
          dependencies={['fresh']}
          rules={[
            ...needed,
            ({ getFieldValue }) => ({
              validator: (_, given) =>
                given === getFieldValue('fresh')
                  ? Promise.resolve()
                  : Promise.reject(new Error(door('differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="code" label={door('code')} extra={door('codeTip')}>
          <Input inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('changePassword')}
        </Button>
      </Form>
    </Door>
  )
}
