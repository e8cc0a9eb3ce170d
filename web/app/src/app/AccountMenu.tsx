import { UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { signOut, useMe } from '../api'
import { usePhone } from '../ui'
import { t } from './app.words'

export function AccountMenu() {
  const me = useMe()
  const navigate = useNavigate()
  const phone = usePhone()
  const roles = me.role_names.join(' · ')
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: `${me.name} (${roles})`, disabled: true },
          { type: 'divider' },
          { key: 'password', label: t('changePassword'), onClick: () => void navigate({ to: '/password' }) },
          {
            key: 'out',
            label: t('signOut'),
            onClick: () => void signOut().finally(() => navigate({ to: '/login', search: {} })),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('account')}: ${me.name}`}>
        {phone ? null : me.name}
      </Button>
    </Dropdown>
  )
}
