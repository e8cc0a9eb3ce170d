import './PublicFrame.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Display } from './Display'
import { Paper } from './Paper'
import { ForAnybody } from './pages'
import { t } from './publicframe.words'

/** The frame of pages for anybody: narrow enough to read, the same three ways on each. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className="public">
      <header className="public-head">
        <span className="brand">{t('brand')}</span>
        <nav aria-label={t('title')}>
          <Link to="/public">{t('runs')}</Link>
          <Link to="/public/policies">{t('policies')}</Link>
          <Link to="/public/board">{t('board')}</Link>
          <Link to="/login" search={{}}>
            {t('signIn')}
          </Link>
          <Display />
        </nav>
      </header>
      <main>
        <ForAnybody value>{children}</ForAnybody>
        <Paper />
      </main>
    </div>
  )
}
