import { HomeOutlined } from '@ant-design/icons'
import type { NavRow } from '../../ui'
import { t } from './nav.words'

export const deskNav: readonly NavRow[] = [
  {
    section: 'home',
    label: () => t('desk'),
    link: { to: '/' },
    icon: <HomeOutlined />,
    letter: 'h',
    needs: [],
  },
]
