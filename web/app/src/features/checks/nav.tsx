import { FileDoneOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const checksNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('checks'),
    link: { to: '/checks' },
    icon: <FileDoneOutlined />,
    needs: ['fact_checks'],
  },
]
