import { FundOutlined, ScheduleOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const casesNav: readonly NavRow[] = [
  {
    section: 'policy',
    label: () => t('cases'),
    link: { to: '/cases' },
    icon: <ScheduleOutlined />,
    letter: 's',
    needs: ['case_list'],
  },
  {
    section: 'policy',
    label: () => t('measures'),
    link: { to: '/measures' },
    icon: <FundOutlined />,
    needs: ['case_measures'],
  },
]
