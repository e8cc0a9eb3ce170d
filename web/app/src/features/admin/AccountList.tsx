import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Dropdown, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import {
  type Account,
  type AccountNew,
  type Accounts,
  accountAdd,
  accountList,
  accountPassword,
  accountRole,
  accountState,
  useMay,
} from '../../api'
import { kinds } from '../../api/queries'
import { FormDialog, ListPage, useAct } from '../../ui'
import { usePlaceName, usePlaces } from '../../ui/places'
import { ROLES, roleWord } from '../../ui/roles.words'
import { t } from './admin.words'

const route = getRouteApi('/inside/accounts')
const refresh = [['accounts']]
type Asked = 'give' | 'take' | 'lock' | 'unlock' | 'close' | 'reset'
const STATE = { lock: 'locked', unlock: 'open', close: 'closed' } as const

export function AccountList() {
  const { q, after } = route.useSearch()
  const go = route.useNavigate()
  const mayKeep = useMay('account_add')
  const place = usePlaceName()
  const [adding, setAdding] = useState(false)
  const [asked, setAsked] = useState<{ what: Asked; of: Account }>()
  const answer = useQuery({
    queryKey: ['accounts', q, after],
    queryFn: ({ signal }) => accountList({ q: q ?? null, after: after ?? null }, { signal }),
  })
  return (
    <>
      <ListPage<Account, Accounts>
        page={{
          title: t('accounts'),
          help: 'admin#accounts',
          actions: mayKeep ? (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          ) : null,
        }}
        filters={
          <Input.Search
            allowClear
            aria-label={t('findAccount')}
            placeholder={t('findAccount')}
            defaultValue={q ?? ''}
            onSearch={(text) => go({ search: { q: text || undefined } })}
          />
        }
        onClear={q ? () => go({ search: {} }) : undefined}
        of={answer}
        rows={(data) => data.accounts}
        rowKey={(one) => String(one.account)}
        nothing={t('noAccounts')}
        next={(data) => (data.next == null ? null : String(data.next))}
        cursor={after === undefined ? undefined : String(after)}
        onCursor={(next) => go({ search: { q, after: next === undefined ? undefined : Number(next) } })}
        columns={[
          { key: 'name', title: t('name'), width: 160, show: (one) => one.name },
          { key: 'title', title: t('title'), width: 180, show: (one) => one.title },
          {
            key: 'roles',
            title: t('roles'),
            width: 220,
            show: (one) => one.roles.map((role) => <Tag key={role}>{roleWord(role)}</Tag>),
          },
          {
            key: 'of',
            title: t('of'),
            width: 220,
            show: (one) => (one.locality && place(one.locality)) || one.subject_id || one.organisation || '—',
          },
          { key: 'second', title: t('second'), width: 90, show: (one) => (one.second ? t('yes') : t('no')) },
          { key: 'state', title: t('state'), width: 90, show: (one) => t(one.state) },
          ...(mayKeep
            ? [
                {
                  key: 'manage',
                  title: '',
                  width: 90,
                  show: (one: Account) => (
                    <Dropdown
                      trigger={['click']}
                      menu={{
                        items: actionsOf(one).map((what) => ({ key: what, label: t(what) })),
                        onClick: ({ key }) => setAsked({ what: key as Asked, of: one }),
                      }}
                    >
                      <Button size="small">{t('manage')}</Button>
                    </Dropdown>
                  ),
                },
              ]
            : []),
        ]}
      />
      {adding ? <Add onClose={() => setAdding(false)} /> : null}
      {asked ? <Change {...asked} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

const actionsOf = (one: Account): Asked[] =>
  one.state === 'closed' ? [] : ['give', 'take', one.state === 'open' ? 'lock' : 'unlock', 'reset', 'close']

const needed = [{ required: true }]

function RoleOf({ among = ROLES }: { among?: readonly string[] }) {
  return (
    <Form.Item name="role" label={t('role')} rules={needed}>
      <Select
        showSearch
        optionFilterProp="label"
        options={among.map((one) => ({ value: one, label: roleWord(one) }))}
      />
    </Form.Item>
  )
}

function Add({ onClose }: { onClose: () => void }) {
  const places = usePlaces()
  const { data: known } = useQuery(kinds)
  const add = useAct((one: AccountNew) => accountAdd(one), { done: t('added'), refresh, after: onClose })
  return (
    <FormDialog<AccountNew> title={t('add')} busy={add.busy} onOk={add.run} onClose={onClose}>
      <Form.Item name="name" label={t('name')} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={t('title')} rules={needed}>
        <Input />
      </Form.Item>
      <RoleOf />
      <Form.Item name="locality" label={t('locality')} extra={t('localityNote')}>
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          options={places.map((one) => ({ value: one.code, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="subject_kind" label={t('subjectKind')} extra={t('subjectNote')}>
        <Select
          allowClear
          options={(known?.kinds ?? []).map((one) => ({ value: one.kind, label: one.title }))}
        />
      </Form.Item>
      <Form.Item name="subject_id" label={t('subjectId')}>
        <Input />
      </Form.Item>
      <Form.Item name="organisation" label={t('organisation')}>
        <Input />
      </Form.Item>
      <Form.Item name="password" label={t('password')} extra={t('passwordHint')} rules={needed}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  )
}

interface Filled {
  role?: string
  why?: string
  password?: string
}

function Change({ what, of, onClose }: { what: Asked; of: Account; onClose: () => void }) {
  const at = { account: of.account }
  const change = useAct(
    async (filled: Filled) => {
      if (what === 'reset') return accountPassword(at, { password: filled.password ?? '' })
      if (what === 'give' || what === 'take')
        return accountRole(at, { role: filled.role ?? '', given: what === 'give' })
      return accountState(at, { state: STATE[what], why: filled.why ?? '' })
    },
    { refresh, after: onClose },
  )
  return (
    <FormDialog<Filled>
      title={`${t(what)}：${of.name}`}
      busy={change.busy}
      onOk={change.run}
      onClose={onClose}
    >
      {what === 'reset' ? (
        <Form.Item name="password" label={t('password')} extra={t('passwordHint')} rules={needed}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      ) : what === 'give' || what === 'take' ? (
        <RoleOf {...(what === 'take' && { among: of.roles })} />
      ) : (
        <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      )}
    </FormDialog>
  )
}
