import { MenuOutlined } from '@ant-design/icons'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Boundary, Loading, usePhone } from '../ui'
import { Display } from '../ui/Display'
import { Paper } from '../ui/Paper'
import { AccountMenu } from './AccountMenu'
import { t } from './app.words'
import { useKeys } from './keys'
import { Menu } from './Menu'
import { Notices } from './Notices'
import { Search } from './Search'
import { Switch } from './Switch'

const Palette = lazy(() => import('./Palette'))
const Keys = lazy(() => import('./Keys'))

/** What is around every screen of those who are signed in. */
export function Shell() {
  const [open, setOpen] = useState<'palette' | 'keys' | 'menu' | undefined>()
  const phone = usePhone()
  const path = useRouterState({ select: (s) => s.location.pathname })
  useKeys({ onPalette: () => setOpen('palette'), onHelp: () => setOpen('keys') })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the path changes
  useEffect(() => setOpen(undefined), [path])
  return (
    <div className="shell">
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <header className="top">
        {phone ? (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('menu')}
            aria-expanded={open === 'menu'}
            onClick={() => setOpen('menu')}
          />
        ) : null}
        <Link to="/" className="brand" aria-label={t('name')}>
          <img src="/icon.svg" alt="" width={24} height={24} />
          {phone ? null : t('name')}
        </Link>
        <Search />
        {phone ? null : <Switch />}
        <Notices />
        <Display />
        <AccountMenu />
      </header>
      {phone ? (
        <Drawer
          open={open === 'menu'}
          placement="left"
          size={280}
          title={t('menu')}
          onClose={() => setOpen(undefined)}
        >
          <Switch />
          <Menu />
        </Drawer>
      ) : (
        <aside className="side">
          <Menu />
        </aside>
      )}
      <main id="content" className="content" tabIndex={-1}>
        <Boundary key={path}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Boundary>
        <Paper />
      </main>
      <Suspense>
        {open === 'palette' ? <Palette onClose={() => setOpen(undefined)} /> : null}
        {open === 'keys' ? <Keys onClose={() => setOpen(undefined)} /> : null}
      </Suspense>
    </div>
  )
}
