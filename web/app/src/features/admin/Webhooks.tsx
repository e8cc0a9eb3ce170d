import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Checkbox, Form, Input, Popconfirm, Select, Tag } from 'antd'
import { useState } from 'react'
import { type Hooks as All, type Hook, type HookNew, hookAdd, hookEnd, hookList, useMay } from '../../api'
import { FormDialog, ListPage, useAct } from '../../ui'
import { t } from './admin.words'

const FORMS: readonly Hook['form'][] = ['json', 'dingtalk', 'wecom', 'feishu']
const refresh = [['webhooks']]

type Filled = Omit<HookNew, 'events'> & { events: string }

/** Other systems that are told what happened. */
export function Webhooks() {
  const answer = useQuery({ queryKey: ['webhooks'], queryFn: ({ signal }) => hookList({ signal }) })
  const may = { add: useMay('hook_add'), end: useMay('hook_end') }
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState('')
  const end = useAct((hook: number) => hookEnd({ hook }), { refresh })
  return (
    <>
      <ListPage<Hook, All>
        page={{
          title: t('hooks'),
          help: 'admin#operation',
          actions: may.add ? (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('newHook')}
            </Button>
          ) : null,
        }}
        filters={
          <div>
            <p className="quiet">{t('hooksNote')}</p>
            <p>
              {t('allowed')}：
              {answer.data?.allowed.length ? answer.data.allowed.join('、') : t('noneAllowed')}
            </p>
            {secret ? (
              <Alert
                type="warning"
                showIcon
                title={t('hookSecret')}
                description={<code className="hash">{secret}</code>}
              />
            ) : null}
          </div>
        }
        of={answer}
        rows={(data) => data.hooks}
        rowKey={(one) => String(one.hook)}
        nothing={t('noHooks')}
        columns={[
          {
            key: 'title',
            title: t('purpose'),
            width: 200,
            show: (one) => (
              <Link to="/webhooks/$hook" params={{ hook: String(one.hook) }}>
                {one.title}
              </Link>
            ),
          },
          { key: 'host', title: t('host'), width: 220, show: (one) => <code>{one.host}</code> },
          { key: 'form', title: t('form'), width: 130, show: (one) => t(`form_${one.form}`) },
          {
            key: 'events',
            title: t('events'),
            width: 240,
            show: (one) => one.events.map((verb) => <Tag key={verb}>{verb}</Tag>),
          },
          ...(may.end
            ? [
                {
                  key: 'end',
                  title: '',
                  width: 100,
                  show: (one: Hook) => (
                    <Popconfirm title={t('end')} onConfirm={() => end.run(one.hook)}>
                      <Button size="small" danger>
                        {t('end')}
                      </Button>
                    </Popconfirm>
                  ),
                },
              ]
            : []),
        ]}
      />
      {adding ? (
        <Add
          onClose={() => setAdding(false)}
          onSecret={(made) => {
            setAdding(false)
            setSecret(made)
          }}
        />
      ) : null}
    </>
  )
}

const needed = [{ required: true }]

function Add({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const add = useAct(
    (filled: Filled) =>
      hookAdd({
        ...filled,
        events: filled.events.split('\n').flatMap((verb) => (verb.trim() ? [verb.trim()] : [])),
      }),
    { refresh, after: (made) => onSecret(made.secret) },
  )
  return (
    <FormDialog<Filled>
      title={t('newHook')}
      busy={add.busy}
      initial={{ form: 'json', sensitive: false }}
      onOk={add.run}
      onClose={onClose}
    >
      <Form.Item name="title" label={t('purpose')} rules={needed}>
        <Input />
      </Form.Item>
      <Form.Item name="url" label={t('url')} rules={needed}>
        <Input type="url" />
      </Form.Item>
      <Form.Item name="form" label={t('form')} rules={needed}>
        <Select options={FORMS.map((value) => ({ value, label: t(`form_${value}`) }))} />
      </Form.Item>
      <Form.Item name="events" label={t('events')} extra={t('eventsHint')} rules={needed}>
        <Input.TextArea rows={3} className="mono" />
      </Form.Item>
      <Form.Item name="sensitive" valuePropName="checked">
        <Checkbox>{t('sensitive')}</Checkbox>
      </Form.Item>
    </FormDialog>
  )
}
