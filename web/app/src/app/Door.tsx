import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Display } from '../ui/Display'
import { t } from './app.words'
import { t as door } from './door.words'

/** The frame of what is shown to those who are not in yet. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="door">
      <main className="door-card">
        <p className="brand">
          <img src="/icon.svg" alt="" width={28} height={28} /> {t('name')}
        </p>
        <p className="quiet">{door('motto')}</p>
        <h1>{title}</h1>
        {children}
      </main>
      <nav aria-label={door('elsewhere')} className="door-ways">
        <Link to="/public/help/$page" params={{ page: 'start' }}>
          {door('help')}
        </Link>
        <Link to="/public">{door('public')}</Link>
        <Display />
      </nav>
    </div>
  )
}
