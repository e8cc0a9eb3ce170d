import { AccountBookOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const ledgerNav: readonly NavRow[] = [
  {
    section: 'grading',
    label: () => t('money'),
    link: { to: '/ledger' },
    icon: <AccountBookOutlined />,
    letter: 'm',
    needs: ['ledger_payments'],
  },
]
