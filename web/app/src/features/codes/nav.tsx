import { AppstoreOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const codesNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('codes'),
    link: { to: '/codes' },
    icon: <AppstoreOutlined />,
    needs: ['kind_get'],
  },
]
