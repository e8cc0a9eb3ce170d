import { Link } from '@tanstack/react-router'
import { Result } from 'antd'
import { t } from './app.words'

export function Missing() {
  return <Result status="404" icon={null} title={t('notFound')} extra={<Link to="/">{t('back')}</Link>} />
}
