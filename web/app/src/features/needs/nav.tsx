import { ApartmentOutlined, TrophyOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const needsNav: readonly NavRow[] = [
  {
    section: 'home',
    label: () => t('calls'),
    link: { to: '/calls' },
    icon: <TrophyOutlined />,
    needs: ['match_calls'],
  },
  {
    section: 'policy',
    label: () => t('rounds'),
    link: { to: '/rounds' },
    icon: <ApartmentOutlined />,
    needs: ['pairing_list'],
  },
]
