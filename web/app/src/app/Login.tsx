import { useRouter, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Problem, signIn } from '../api'
import { ProblemLines, problemWords } from '../ui'
import { Door } from './Door'
import { t } from './door.words'
import { House } from './House'

interface Given {
  name: string
  password: string
  code?: string
}

export function Login() {
  const router = useRouter()
  const { next } = useSearch({ from: '/outside/login' })
  const [busy, setBusy] = useState(false)
  const [coded, setCoded] = useState(false)
  const [cause, setCause] = useState<unknown>()
  const enter = async (given: Given) => {
    setBusy(true)
    try {
      const me = await signIn({ ...given, code: given.code || null })
      if (me.must_change) await router.navigate({ to: '/password' })
      else router.history.push(next ?? '/')
    } catch (refused) {
      setCause(refused)
    } finally {
      setBusy(false)
    }
  }
  const words = cause === undefined ? undefined : problemWords(cause)
  return (
    <Door title={t('signIn')}>
      {words ? (
        <Alert
          type={cause instanceof Problem && cause.passing ? 'warning' : 'error'}
          showIcon
          title={words.title}
          description={<ProblemLines lines={words.lines} />}
        />
      ) : null}
      <Form<Given> layout="vertical" onFinish={enter} requiredMark={false} size="large">
        <Form.Item name="name" label={t('user')} rules={[{ required: true, message: t('needUser') }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('needPassword') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {coded ? (
          <Form.Item name="code" label={t('code')} extra={t('codeTip')}>
            <Input inputMode="numeric" autoComplete="one-time-code" autoFocus />
          </Form.Item>
        ) : (
          <Button type="link" onClick={() => setCoded(true)} className="door-code">
            {t('withCode')}
          </Button>
        )}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
      <House back={next ?? '/'} />
    </Door>
  )
}
