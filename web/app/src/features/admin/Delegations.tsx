import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import {
  type Delegations as All,
  type Delegation,
  type DelegationNew,
  delegationAdd,
  delegationEnd,
  delegationList,
  useMay,
  useMe,
} from '../../api'
import { FormDialog, List, Panel, useAct } from '../../ui'
import { t } from './admin.words'

const refresh = [['delegations']]

export function Delegations() {
  const me = useMe()
  const mayLend = useMay('delegation_add')
  const answer = useQuery({ queryKey: ['delegations'], queryFn: ({ signal }) => delegationList({ signal }) })
  const [lending, setLending] = useState(false)
  const end = useAct((delegation: number) => delegationEnd({ delegation }), { refresh })
  const lend = useAct((one: DelegationNew) => delegationAdd(one), { refresh, after: () => setLending(false) })
  return (
    <Panel
      title={t('delegations')}
      extra={mayLend ? <Button onClick={() => setLending(true)}>{t('lend')}</Button> : null}
    >
      <List<Delegation, All>
        of={answer}
        rows={(data) => data.delegations}
        rowKey={(one) => String(one.delegation)}
        nothing={t('noDelegations')}
        columns={[
          { key: 'lender', title: t('lender'), width: 130, show: (one) => one.lender },
          { key: 'borrower', title: t('borrower'), width: 140, show: (one) => one.borrower },
          { key: 'role', title: t('role'), width: 110, show: (one) => one.role },
          { key: 'first', title: t('first'), width: 110, show: (one) => one.first },
          { key: 'last', title: t('last'), width: 110, show: (one) => one.last },
          { key: 'why', title: t('why'), width: 200, show: (one) => one.why },
          {
            key: 'end',
            title: '',
            width: 110,
            show: (one) =>
              one.ended ? (
                t('ended')
              ) : (
                <Popconfirm title={t('endEarly')} onConfirm={() => end.run(one.delegation)}>
                  <Button size="small">{t('endEarly')}</Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {lending ? (
        <FormDialog<DelegationNew>
          title={t('lend')}
          busy={lend.busy}
          onOk={lend.run}
          onClose={() => setLending(false)}
        >
          <Form.Item name="borrower" label={t('borrower')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Form.Item name="role" label={t('role')} rules={[{ required: true }]}>
            <Select options={me.roles.map((value, at) => ({ value, label: me.role_names[at] ?? value }))} />
          </Form.Item>
          <Form.Item name="first" label={t('first')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="last" label={t('last')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
