import { ImportOutlined, SearchOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const dataNav: readonly NavRow[] = [
  {
    section: 'data',
    label: () => t('import'),
    link: { to: '/import' },
    icon: <ImportOutlined />,
    letter: 'i',
    needs: ['import_new'],
  },
  {
    section: 'data',
    label: () => t('queries'),
    link: { to: '/queries' },
    icon: <SearchOutlined />,
    letter: 'q',
    needs: ['subject_query', 'view_list'],
  },
]
