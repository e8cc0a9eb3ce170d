import './cockpit.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Switch } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { client, Problem, setToken } from '../../api'
import { glance } from '../../api/queries'
import { Nothing } from '../../ui'
import { clock } from '../../ui/clock'
import { Display } from '../../ui/Display'
import { NoKinds } from '../../ui/NoKinds'
import { OnWall } from '../../ui/outcome'
import { t } from './cockpit.words'
import { Kinds } from './Kinds'
import { MoneyPanel } from './MoneyPanel'
import { Movers } from './Movers'
import { Matrix, TileMap } from './Places'
import { Funnels, Ladders, Targets } from './Plan'

const KIND = t('firms')
const EVERY_S = 20

/** Behind # it is sent to nobody and stands in no log; it stays for as long as the window does. */
function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given) {
    sessionStorage.setItem('geci-screen', given)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return sessionStorage.getItem('geci-screen') ?? ''
}

const PAGES: readonly (() => ReactNode)[] = [
  () => (
    <>
      <Kinds />
    </>
  ),
  () => (
    <div className="panels">
      <TileMap kind={KIND} show="count" />
      <Targets />
    </div>
  ),
  () => <Matrix kind={KIND} show="count" figure={undefined} />,
  () => (
    <div className="panels">
      <Ladders />
      <Funnels />
    </div>
  ),
  () => <Movers kind={KIND} />,
  () => <MoneyPanel budgets />,
]

/** For a wall: one page after the other, fresh by itself, nothing to click through. */
export function Screen() {
  const { rotate } = useSearch({ from: '/outside/screen' })
  const go = useNavigate({ from: '/screen' })
  const [at, setAt] = useState(0)
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const token = takeToken()
    if (token) {
      setToken(token)
      void client.invalidateQueries({ queryKey: ['cockpit'] })
    }
    setReady(true)
    return () => setToken('')
  }, [])
  useEffect(() => {
    if (!rotate) return
    const turn = setInterval(() => setAt((was) => (was + 1) % PAGES.length), rotate * 1000)
    return () => clearInterval(turn)
  }, [rotate])
  useEffect(() => {
    document.title = `${t('screen')} · geci`
  }, [])
  return (
    <OnWall value={true}>
      <main className="wall">
        <header className="wall-head">
          <h1>{t('title')}</h1>
          <nav aria-label={t('screen')}>
            {PAGES.map((_, page) => (
              <Button
                // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of pages
                key={page}
                size="small"
                type={page === at ? 'primary' : 'default'}
                aria-label={t('page', { n: page + 1 })}
                aria-current={page === at}
                onClick={() => setAt(page)}
              >
                {page + 1}
              </Button>
            ))}
          </nav>
          <span className="wall-turn">
            <Switch
              aria-label={t('rotate')}
              checked={Boolean(rotate)}
              onChange={(on) => void go({ search: (was) => ({ ...was, rotate: on ? EVERY_S : undefined }) })}
            />
            {t('rotate')}
          </span>
          <Button onClick={() => void document.documentElement.requestFullscreen?.()}>
            {t('fullscreen')}
          </Button>
          <Display />
          <Link to="/public/help/$page" params={{ page: 'cockpit' }} hash="wall">
            {t('guide')}
          </Link>
        </header>
        {ready ? <Shown>{PAGES[at]?.()}</Shown> : null}
      </main>
    </OnWall>
  )
}

function Shown({ children }: { children: ReactNode }) {
  const answer = useQuery(glance)
  const barred = answer.error instanceof Problem && [401, 403].includes(answer.error.status)
  if (barred) return <Nothing say={t('noToken')} />
  if (answer.data?.kinds.length === 0) return <NoKinds />
  return (
    <>
      {children}
      <p className="quiet wall-foot">
        {answer.dataUpdatedAt ? t('updated', { time: clock(answer.dataUpdatedAt) }) : ''}
      </p>
    </>
  )
}
