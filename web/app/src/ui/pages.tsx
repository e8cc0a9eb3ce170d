import { QuestionCircleOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { createContext, useContext, useEffect } from 'react'
import { t } from './ui.words'
import { StatusBadge } from './values'

export interface PageProps {
  title: string
  /** Where the rule is from; shown beside the title wherever scores are on the page. */
  status?: string | null | undefined
  /** Beside the title: counts, a state. */
  aside?: ReactNode
  /** At the right: what can be done. */
  actions?: ReactNode
  /** The page of the guide, "officer#lists". */
  help?: string
  children: ReactNode
}

/** The screen is for anybody, and so is its help. */
export const ForAnybody = createContext(false)

/** The frame of every screen: one heading, what can be done, and the way to its help. */
export function Page({ title, status, aside, actions, help, children }: PageProps) {
  const anybody = useContext(ForAnybody)
  useEffect(() => {
    document.title = `${title} · geci`
  }, [title])
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        {status === undefined ? null : <StatusBadge status={status} />}
        {aside}
        <div className="page-actions">
          {actions}
          {help ? (
            <Link
              to={anybody ? '/public/help/$page' : '/help/$page'}
              params={{ page: help.split('#')[0]! }}
              hash={help.split('#')[1] ?? ''}
              className="page-help"
              aria-label={t('help')}
              title={t('help')}
            >
              <QuestionCircleOutlined />
            </Link>
          ) : null}
        </div>
      </header>
      {children}
    </>
  )
}

/** A block of a page with a heading of its own. */
export function Panel({
  title,
  extra,
  children,
  wide = false,
}: {
  title?: ReactNode
  extra?: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  return (
    <section className={wide ? 'panel panel-wide' : 'panel'}>
      {title || extra ? (
        <div className="panel-head">
          <h2>{title}</h2>
          <div>{extra}</div>
        </div>
      ) : null}
      {children}
    </section>
  )
}

/** Names and values, in as many columns as there is room for. */
export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, never reordered
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
