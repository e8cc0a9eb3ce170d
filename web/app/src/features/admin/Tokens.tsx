import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, InputNumber, Popconfirm } from 'antd'
import { useState } from 'react'
import { type Tokens as All, type Token, type TokenNew, tokenAdd, tokenEnd, tokenList } from '../../api'
import { FormDialog, List, Moment, Panel, useAct } from '../../ui'
import { t } from './admin.words'

const SCOPES = ['read', 'write', 'import', 'export', 'run', 'ledger', 'rules', 'admin', 'screen']
const refresh = [['tokens']]

export function Tokens() {
  const answer = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => tokenList({ signal }) })
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string>()
  const end = useAct((token: number) => tokenEnd({ token }), { refresh })
  const make = useAct((one: TokenNew) => tokenAdd(one), {
    refresh,
    after: (made) => {
      setMaking(false)
      setSecret(made.secret)
    },
  })
  return (
    <Panel title={t('tokens')} extra={<Button onClick={() => setMaking(true)}>{t('newToken')}</Button>}>
      <p className="quiet">{t('tokenNote')}</p>
      {secret ? (
        <Alert
          type="warning"
          showIcon
          title={t('secretOnce')}
          description={<code className="hash">{secret}</code>}
        />
      ) : null}
      <List<Token, All>
        of={answer}
        rows={(data) => data.tokens}
        rowKey={(one) => String(one.token)}
        nothing={t('noTokens')}
        columns={[
          { key: 'title', title: t('purpose'), width: 220, show: (one) => one.title },
          { key: 'scopes', title: t('scopes'), width: 220, show: (one) => one.scopes.join(' ') },
          { key: 'until', title: t('until'), width: 160, show: (one) => <Moment at={one.until} /> },
          {
            key: 'used',
            title: t('used'),
            width: 160,
            show: (one) => (one.used ? <Moment at={one.used} /> : t('never')),
          },
          {
            key: 'end',
            title: '',
            width: 100,
            show: (one) =>
              one.ended ? (
                t('ended')
              ) : (
                <Popconfirm title={t('end')} onConfirm={() => end.run(one.token)}>
                  <Button size="small" danger>
                    {t('end')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {making ? (
        <FormDialog<TokenNew>
          title={t('newToken')}
          busy={make.busy}
          initial={{ days: 90, scopes: ['read'] }}
          onOk={make.run}
          onClose={() => setMaking(false)}
        >
          <Form.Item name="title" label={t('purpose')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Form.Item name="scopes" label={t('scopes')} rules={[{ required: true }]}>
            <Checkbox.Group options={SCOPES} />
          </Form.Item>
          <Form.Item name="days" label={t('days')} rules={[{ required: true }]}>
            <InputNumber min={1} max={366} precision={0} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
