import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type Run, runReceipt, type SubjectProfile, useMay } from '../../api'
import { placed } from '../../domain/decimal'
import { stem } from '../../domain/runs'
import { Chart, type ChartInk, Decimal, Panel } from '../../ui'
import { RunStatus } from '../../ui/RunStatus'
import { WhyLink } from '../../ui/WhyLink'
import { t } from './subjects.words'

const OVER: readonly Run['state'][] = ['notice', 'final', 'settled']

/** The main score of each year, from the receipts of the runs. */
export function Trend({ subject, runs: all }: { subject: SubjectProfile; runs: readonly Run[] }) {
  const go = useNavigate()
  const may = useMay('explain')
  const own = subject.facts.find(
    (one) => one.run !== 0 && placed(one.value) !== null && yearsOf(all, subject.kind, one.run).length > 1,
  )
  const of = own ? yearsOf(all, subject.kind, own.run) : []
  const points = useQueries({
    queries: of.map((run) => ({
      queryKey: ['runs', run.run, 'receipt', subject.identity],
      queryFn: () => runReceipt({ run: run.run, id: subject.identity }),
      retry: false,
      staleTime: 600_000,
    })),
    combine: (answers) =>
      answers.flatMap((one, at) => {
        const value = own ? one.data?.values[own.field] : undefined
        return value == null ? [] : [{ period: of[at]!.period, run: of[at]!.run, value }]
      }),
  })
  const key = JSON.stringify(points)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same points are the same chart
  const option = useCallback((ink: ChartInk) => trend(points, ink), [key])
  if (!own || points.length < 2) return null
  const open = (year: string) => {
    const point = points.find((one) => String(one.period) === year)
    if (point)
      void go({
        to: '/explain/$run/$id',
        params: { run: String(point.run), id: subject.identity },
        search: { item: own.field },
      })
  }
  return (
    <Panel title={t('trend', { name: own.field })} extra={<RunStatus of={points.map((one) => one.run)} />}>
      <Chart
        say={t('trendSay', {
          name: own.field,
          parts: points.map((one) => `${one.period} ${one.value}`).join(', '),
        })}
        option={option}
        table={{
          head: [t('year'), own.field],
          rows: points.map((one) => [
            `${one.period}`,
            <WhyLink key="v" run={one.run} id={subject.identity} item={own.field} value={one.value}>
              <Decimal value={one.value} />
            </WhyLink>,
          ]),
        }}
        height={240}
        {...(may && { onClick: open })}
      />
    </Panel>
  )
}

/** Runs like one, a year each: those of a rule document go by their titles without the year. */
function yearsOf(all: readonly Run[], kind: string, number: number): Run[] {
  const like = all.find((one) => one.run === number)
  if (!like) return []
  const byYear = new Map<number, Run>()
  for (const run of all)
    if (run.kind === kind && OVER.includes(run.state) && stem(run.title) === stem(like.title))
      byYear.set(run.period, run)
  return [...byYear.values()].sort((a, b) => a.period - b.period)
}

function trend(points: readonly { period: number; value: string }[], ink: ChartInk) {
  return {
    grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: points.map((one) => `${one.period}`), axisLabel: { color: ink.quiet } },
    yAxis: { type: 'value', axisLabel: { color: ink.quiet }, splitLine: { lineStyle: { color: ink.line } } },
    series: [
      {
        type: 'line',
        symbolSize: 8,
        data: points.map((one) => ({
          value: placed(one.value),
          label: { show: true, position: 'top', color: ink.text, formatter: one.value },
        })),
      },
    ],
  }
}
