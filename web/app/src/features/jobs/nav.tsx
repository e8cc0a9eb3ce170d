import { HourglassOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const jobsNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('jobs'),
    link: { to: '/jobs' },
    icon: <HourglassOutlined />,
    letter: 'j',
    needs: ['job_list'],
  },
]
