import { SafetyCertificateOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const auditNav: readonly NavRow[] = [
  {
    section: 'admin',
    label: () => t('acts'),
    link: { to: '/acts' },
    icon: <SafetyCertificateOutlined />,
    letter: 'a',
    needs: ['act_list'],
  },
]
