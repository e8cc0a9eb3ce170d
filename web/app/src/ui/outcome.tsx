/** What a run came to, as the cockpit, the big screen and the run's own page show it. Figures open to their lists. */
import './outcome.css'
import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext } from 'react'
import type { CockpitCount, CockpitMover, CockpitMovers, CockpitOutcome, CockpitSource } from '../api'
import { pick } from './catalogue'
import { t } from './outcome.words'
import { Panel } from './pages'
import { Decimal, Delta, StatusBadge } from './values'

/** On a wall nothing opens. */
export const OnWall = createContext(false)

/** The list of those that a figure counts, whatever year or locality is chosen besides. */
export const exactly = (where: string) => ({
  ...(where && { where }),
  year: undefined,
  at: undefined,
})

/** A figure that opens to exactly the subjects it counts. */
export function Count({
  of,
  kind,
  children,
}: {
  of: Pick<CockpitCount, 'n' | 'where'>
  kind: string
  children?: ReactNode
}) {
  const wall = useContext(OnWall)
  const shown = children ?? <Decimal value={String(of.n)} />
  if (wall) return <span>{shown}</span>
  return (
    <Link to="/subjects/$kind" params={{ kind }} search={exactly(of.where)} className="opens">
      {shown}
    </Link>
  )
}

/** Status, run and cut-off: under every block of figures. */
export function Source({ of }: { of: CockpitSource }) {
  return (
    <p className="quiet outcome-source">
      {of.status === 'unsaid' ? null : <StatusBadge status={of.status} />} {of.document}
      {' · '}
      {of.run > 0 ? t('run', { run: of.run, day: of.day }) : t('cut', { day: of.day })}
      {of.published ? '' : ` · ${t('draft')}`}
    </p>
  )
}

/** How many came to each grade. */
export function Grades({ of, kind }: { of: CockpitOutcome; kind: string }) {
  const most = Math.max(...of.grades.map((one) => one.n), 1)
  return (
    <>
      <ul className="outcome-bars">
        {of.grades.map((one) => (
          <li key={one.name}>
            <span>{one.name}</span>
            <Count of={one} kind={kind}>
              <span className="outcome-bar" style={{ width: `${(one.n / most) * 100}%` }} />
              <Decimal value={String(one.n)} />
            </Count>
          </li>
        ))}
        {of.open?.n ? (
          <li>
            <span>{t('open')}</span>
            <Count of={of.open} kind={kind} />
          </li>
        ) : null}
      </ul>
      {of.mean ? (
        <p className="quiet">
          {t('mean')} <Decimal value={of.mean} />
        </p>
      ) : null}
      <Source of={of.source} />
    </>
  )
}

/** Who went up and down between two runs, and why. */
export function Moved({ of }: { of: CockpitMovers }) {
  const sums = [
    ['up', of.up],
    ['same', of.same],
    ['down', of.down],
    ['fresh', of.new],
    ['gone', of.gone],
  ] as const
  return (
    <Panel title={t('movers')} wide>
      <p className="quiet">{t('between', { before: of.before.title, now: of.now.title })}</p>
      <p className="outcome-sums">
        {sums.map(([word, one]) => (
          <Count key={word} of={one} kind={of.kind}>
            {t(word, { n: one.n })}
          </Count>
        ))}
      </p>
      <div className="panels">
        <Side title={t('rises')} of={of.rises} kind={of.kind} />
        <Side title={t('falls')} of={of.falls} kind={of.kind} />
      </div>
      <Source of={of.now} />
    </Panel>
  )
}

function Side({ title, of, kind }: { title: string; of: readonly CockpitMover[]; kind: string }) {
  const wall = useContext(OnWall)
  return (
    <div>
      <h3 className="outcome-sub">{title}</h3>
      <ol className="outcome-movers">
        {of.map((one) => (
          <li key={one.identity}>
            <div className="outcome-line">
              {wall ? (
                <span>{one.name || one.identity}</span>
              ) : (
                <Link to="/subjects/$kind/$id" params={{ kind, id: one.identity }}>
                  {one.name || one.identity}
                </Link>
              )}
              <span>
                <Decimal value={one.score_now} /> <Delta was={one.score_before} becomes={one.score_now} />
              </span>
            </div>
            <p className="quiet">
              {one.rank_before != null && one.rank_now != null
                ? `${t('rank', { before: one.rank_before, now: one.rank_now })} · `
                : ''}
              {pick([one.reason, one.reason_en])}
            </p>
          </li>
        ))}
      </ol>
    </div>
  )
}
