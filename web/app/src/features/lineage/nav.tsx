import { ApartmentOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const lineageNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('lineage'),
    link: { to: '/lineage' },
    icon: <ApartmentOutlined />,
    needs: ['subject_list', 'subject_history'],
  },
]
