import { ApiOutlined, HeartOutlined, KeyOutlined, SafetyOutlined, TeamOutlined } from '@ant-design/icons'
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
    label: () => t('rights'),
    link: { to: '/rights' },
    icon: <SafetyOutlined />,
    needs: ['account_list', 'right_list'],
  },
  {
    section: 'admin',
    label: () => t('mine'),
    link: { to: '/mine' },
    icon: <KeyOutlined />,
    needs: ['token_list'],
  },
  {
    section: 'admin',
    label: () => t('hooks'),
    link: { to: '/webhooks' },
    icon: <ApiOutlined />,
    needs: ['hook_list'],
  },
  {
    section: 'admin',
    label: () => t('system'),
    link: { to: '/system' },
    icon: <HeartOutlined />,
    needs: ['hook_list'], // those who keep the system running
  },
]
