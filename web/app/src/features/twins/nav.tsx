import { CopyOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const twinsNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('twins'),
    link: { to: '/twins' },
    icon: <CopyOutlined />,
    needs: ['twin_list'],
  },
]
