import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useContext } from 'react'
import type { CockpitMover, CockpitMovers } from '../../api'
import { Answer, Decimal, Delta, Nothing, Panel, pick } from '../../ui'
import { t } from './cockpit.words'
import { Count, OnWall, Source } from './parts'
import { movers } from './queries'

export function Movers({ kind }: { kind: string }) {
  const answer = useQuery(movers(kind))
  return (
    <Answer
      of={answer}
      empty={(data) => data.documents.length === 0}
      nothing={
        <Panel title={t('movers')}>
          <Nothing say={t('noMoves')} />
        </Panel>
      }
    >
      {(data) => (
        <>
          {data.documents.map((one) => (
            <Moved key={one.now.run} of={one} />
          ))}
        </>
      )}
    </Answer>
  )
}

function Moved({ of }: { of: CockpitMovers }) {
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
      <p className="cockpit-sums">
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
      <h3 className="cockpit-sub">{title}</h3>
      <ol className="cockpit-movers">
        {of.map((one) => (
          <li key={one.identity}>
            <div className="cockpit-line">
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
