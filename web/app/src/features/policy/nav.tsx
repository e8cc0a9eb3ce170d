import { GiftOutlined, ReadOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const policyNav: readonly NavRow[] = [
  {
    section: 'policy',
    label: () => t('mine'),
    link: { to: '/entitlements' },
    icon: <GiftOutlined />,
    letter: 'e',
    needs: ['consent_list', 'entitlement_list'], // those who have a subject of their own
  },
  {
    section: 'policy',
    label: () => t('policies'),
    link: { to: '/policies' },
    icon: <ReadOutlined />,
    letter: 'p',
    needs: ['policy_list'],
  },
]
