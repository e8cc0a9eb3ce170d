import { Link } from '@tanstack/react-router'
import { Say } from '../ui'
import { t } from './app.words'

export function Missing() {
  return (
    <Say title={t('notFound')}>
      <Link to="/">{t('back')}</Link>
    </Say>
  )
}
