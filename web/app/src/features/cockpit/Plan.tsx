import { useQuery } from '@tanstack/react-query'
import { type CSSProperties, useCallback, useContext } from 'react'
import type { CockpitLadder, CockpitStages, CockpitTarget, CockpitYear } from '../../api'
import { Answer, Chart, type ChartInk, Decimal, Nothing, Panel, StatusBadge } from '../../ui'
import { Drawn } from '../../ui/Drawn'
import { Count, OnWall, Source } from '../../ui/outcome'
import { t } from './cockpit.words'
import { panels, targets } from './queries'

export function Targets() {
  const answer = useQuery(targets)
  return (
    <Panel title={t('targets')}>
      <Answer
        of={answer}
        empty={(data) => data.targets.length === 0}
        nothing={<Nothing say={t('noTargets')} />}
      >
        {(data) => (
          <Drawn name={t('targets')}>
            <ul className="cockpit-targets">
              {data.targets.map((one) => (
                <Target key={one.name} of={one} />
              ))}
            </ul>
            {data.targets.some((one) => one.whole) ? <p className="quiet">{t('part')}</p> : null}
          </Drawn>
        )}
      </Answer>
    </Panel>
  )
}

function Target({ of }: { of: CockpitTarget }) {
  const width: CSSProperties = { width: `${Math.min(100, Number(of.percent ?? 0))}%` }
  return (
    <li title={of.origin}>
      <div className="outcome-line">
        <span>
          {of.year} {of.name} <StatusBadge status={of.status} />
        </span>
        <span>
          <Count of={of.count} kind={of.kind}>
            <Decimal value={of.actual} unit={of.unit} />
          </Count>
          <span className="quiet">
            {' '}
            / <Decimal value={of.target} unit={of.unit} />
          </span>
        </span>
      </div>
      <div className="cockpit-track">
        <span className="outcome-bar" style={width} />
        {of.percent ? <span className="num">{of.percent}%</span> : null}
      </div>
    </li>
  )
}

export function Ladders() {
  const answer = useQuery(panels)
  return (
    <Answer of={answer} empty={(data) => data.ladders.length === 0} nothing={null}>
      {(data) => (
        <>
          {data.ladders.map((one) => (
            <Ladder key={one.name} of={one} />
          ))}
        </>
      )}
    </Answer>
  )
}

function Ladder({ of }: { of: CockpitLadder }) {
  const option = useCallback(
    (ink: ChartInk) => ({
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      legend: { top: 0, textStyle: { color: ink.text } },
      grid: { left: 48, right: 16, top: 36, bottom: 28 },
      xAxis: {
        type: 'category',
        data: of.years.map((one) => String(one.year)),
        axisLabel: { color: ink.text },
      },
      yAxis: {
        type: 'log',
        min: 1,
        axisLabel: { color: ink.quiet },
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: (of.years[0]?.steps ?? []).map((step, at) => ({
        name: step.name,
        type: 'bar',
        barMinHeight: 4, // one of them stands at the foot of a logarithmic axis, and none nowhere
        data: of.years.map((one) => one.steps[at]?.n || '-'),
      })),
    }),
    [of],
  )
  const wall = useContext(OnWall)
  const names = (of.years[0]?.steps ?? []).map((one) => one.name)
  const last = of.years.at(-1)
  if (!last)
    return (
      <Panel title={t('ladder')}>
        <Nothing say={t('noLadder', { field: of.field })} />
      </Panel>
    )
  return (
    <Panel title={t('ladder')}>
      <Chart
        say={of.name}
        option={option}
        height={wall ? 380 : 240}
        table={{
          head: [t('year'), ...names],
          rows: of.years.map((one) => [one.year, ...one.steps.map((step) => step.n)]),
        }}
      />
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('year')}</th>
              {names.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.years.map((one) => (
              <tr key={one.year}>
                <th scope="row">{one.year}</th>
                {one.steps.map((step) => (
                  <td key={step.name}>
                    <Count of={step} kind={of.kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Moves of={last} kind={of.kind} />
      <Source of={of.source} />
    </Panel>
  )
}

function Moves({ of, kind }: { of: CockpitYear; kind: string }) {
  if (of.moves.length === 0) return null
  return (
    <>
      <h3 className="outcome-sub">{t('moves', { year: of.year })}</h3>
      <ul className="cockpit-moves">
        {of.moves.map((one) => (
          <li key={`${one.from}→${one.to}`}>
            <span className={one.rise ? 'rise' : 'fall'} aria-hidden>
              {one.rise ? '▲' : '▼'}
            </span>{' '}
            {t('from', { from: one.from || t('nothing'), to: one.to || t('nothing') })}{' '}
            <Count of={one.count} kind={kind} />
          </li>
        ))}
      </ul>
    </>
  )
}

export function Funnels() {
  const answer = useQuery(panels)
  return (
    <Answer of={answer} empty={(data) => data.funnels.length === 0} nothing={null}>
      {(data) => (
        <>
          {data.funnels.map((one) => (
            <Funnel key={one.name} of={one} />
          ))}
        </>
      )}
    </Answer>
  )
}

function Funnel({ of }: { of: CockpitStages }) {
  const most = Math.max(...of.reached.map((one) => one.n), 1)
  return (
    <Panel title={`${t('funnel')} · ${of.name}`}>
      <Drawn name={`${t('funnel')} · ${of.name}`}>
        <div className="scroll-x">
          <table className="plain cockpit-funnel">
            <thead>
              <tr>
                <th scope="col">{t('stage')}</th>
                <th scope="col">{t('reached')}</th>
                <th scope="col">{t('now')}</th>
              </tr>
            </thead>
            <tbody>
              {of.stages.map((one, at) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td>
                    <span
                      className="outcome-bar cockpit-middle"
                      style={{ width: `${((of.reached[at]?.n ?? 0) / most) * 100}%` }}
                    />
                    <Count of={of.reached[at] ?? one} kind={of.kind} />
                  </td>
                  <td>
                    <Count of={one} kind={of.kind} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {of.others.length > 0 ? (
          <p className="quiet">
            {t('others')}{' '}
            {of.others.map((one) => (
              <span key={one.name}>
                {one.name} <Count of={one} kind={of.kind} />{' '}
              </span>
            ))}
          </p>
        ) : null}
        <Source of={of.source} />
      </Drawn>
    </Panel>
  )
}
