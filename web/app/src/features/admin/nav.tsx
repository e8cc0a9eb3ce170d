import { KeyOutlined, TeamOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const adminNav: readonly NavRow[] = [
  {
    section: 'admin',
    label: () => t('accounts'),
    link: { to: '/accounts' },
    icon: <TeamOutlined />,
    needs: ['account_list'],
  },
  {
    section: 'admin',
    label: () => t('mine'),
    link: { to: '/mine' },
    icon: <KeyOutlined />,
    needs: ['token_list'],
  },
]
