import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Button, Empty, Skeleton } from 'antd'
import { Component, type ReactNode } from 'react'
import { Problem } from '../api'
import { pick } from './catalogue'
import { t } from './ui.words'

export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label={t('loading')} className="state">
      <Skeleton active paragraph={{ rows }} title={false} />
    </div>
  )
}

/** Nothing to show. `filtered`: conditions are in the way, and `onClear` takes them away. */
export function Nothing({
  say,
  onClear,
  children,
}: {
  say?: string
  onClear?: (() => void) | undefined
  children?: ReactNode
}) {
  return (
    <div className="state">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={say ?? (onClear ? t('emptyFiltered') : t('empty'))}
      >
        {onClear ? <Button onClick={onClear}>{t('clear')}</Button> : null}
        {children}
      </Empty>
    </div>
  )
}

/** A page that has but one thing to say. */
export function Say({ title, fix, children }: { title: string; fix?: string; children?: ReactNode }) {
  return (
    <div className="say">
      <h2>{title}</h2>
      {fix ? <p className="quiet">{fix}</p> : null}
      {children}
    </div>
  )
}

export function NoPermission() {
  return <Say title={t('noRight')} fix={t('noRightFix')} />
}

/** What a refusal says, with the way out; in the language shown. */
export function problemWords(cause: unknown): {
  title: string
  lines: { text: string; fix: string }[]
  id: string
} {
  if (!(cause instanceof Problem))
    return { title: t('unknown'), lines: [{ text: String(cause), fix: '' }], id: '' }
  if (cause.code === 'NETWORK')
    return { title: t('network'), lines: [{ text: '', fix: t('networkFix') }], id: '' }
  return {
    title: pick(cause.title) || t('unknown'),
    lines: cause.items.map((one) => ({
      text: pick([one.message, one.message_en]),
      fix: pick([one.fix, one.fix_en]),
    })),
    id: cause.instance,
  }
}

export function Failed({ cause, onAgain }: { cause: unknown; onAgain?: (() => void) | undefined }) {
  if (cause instanceof Problem && cause.status === 403) return <NoPermission />
  const words =
    cause instanceof Problem && cause.status === 404
      ? { title: t('notFound'), lines: [], id: '' }
      : problemWords(cause)
  return (
    <Alert
      className="state"
      type="error"
      showIcon
      title={words.title}
      description={
        <>
          <ProblemLines lines={words.lines} />
          {words.id ? <div className="quiet">{t('request', { id: words.id })}</div> : null}
        </>
      }
      action={onAgain ? <Button onClick={onAgain}>{t('again')}</Button> : null}
    />
  )
}

export function ProblemLines({ lines }: { lines: { text: string; fix: string }[] }) {
  return (
    <ul className="problems">
      {lines.map((line) => (
        <li key={line.text + line.fix}>
          {line.text}
          {line.fix ? <div className="fix">→ {line.fix}</div> : null}
        </li>
      ))}
    </ul>
  )
}

/** The four states of what was asked for: loading, failed or forbidden, empty, there. */
export function Answer<T>({
  of,
  empty,
  nothing,
  rows,
  children,
}: {
  of: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>
  empty?: ((data: T) => boolean) | undefined
  nothing?: ReactNode
  rows?: number
  children: (data: T) => ReactNode
}) {
  if (of.data !== undefined)
    return empty?.(of.data) ? <>{nothing ?? <Nothing />}</> : <>{children(of.data)}</>
  if (of.error) return <Failed cause={of.error} onAgain={() => void of.refetch()} />
  return <Loading {...(rows !== undefined && { rows })} />
}

/** A page that failed while it was drawn takes nothing else with it. */
export class Boundary extends Component<{ children: ReactNode }, { cause: unknown }> {
  override state: { cause: unknown } = { cause: undefined }
  static getDerivedStateFromError(cause: unknown) {
    return { cause }
  }
  override render() {
    return this.state.cause === undefined ? this.props.children : <Crashed cause={this.state.cause} />
  }
}

export function Crashed({ cause }: { cause: unknown }) {
  if (cause instanceof Problem) return <Failed cause={cause} />
  return (
    <Say title={t('crashed')} fix={t('crashedFix')}>
      <p>
        <code>{String(cause)}</code>
      </p>
      <Button onClick={() => location.reload()}>{t('reload')}</Button>
    </Say>
  )
}
