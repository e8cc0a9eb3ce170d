import { FileDoneOutlined, FileTextOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const gradingNav: readonly NavRow[] = [
  {
    section: 'grading',
    label: () => t('runs'),
    link: { to: '/runs' },
    icon: <FileDoneOutlined />,
    letter: 'r',
    needs: ['run_list'],
  },
  {
    section: 'grading',
    label: () => t('rules'),
    link: { to: '/rules' },
    icon: <FileTextOutlined />,
    letter: 'u',
    needs: ['rule_list'],
  },
]
