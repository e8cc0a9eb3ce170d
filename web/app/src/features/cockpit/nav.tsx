import { DashboardOutlined, FundProjectionScreenOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const cockpitNav: readonly NavRow[] = [
  {
    section: 'cockpit',
    label: () => t('cockpit'),
    link: { to: '/cockpit' },
    icon: <DashboardOutlined />,
    letter: 'c',
    needs: ['cockpit_kinds'],
  },
  {
    section: 'cockpit',
    label: () => t('screen'),
    link: { to: '/screen' },
    icon: <FundProjectionScreenOutlined />,
    needs: ['cockpit_kinds'],
  },
]
