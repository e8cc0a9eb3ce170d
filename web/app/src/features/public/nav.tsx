import { NotificationOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const publicNav: readonly NavRow[] = [
  {
    section: 'policy',
    label: () => t('board'),
    link: { to: '/board' },
    icon: <NotificationOutlined />,
    needs: ['case_board'],
  },
]
