import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { type PeerPlace, type SubjectProfile, useMay } from '../../api'
import { peers as peersOf } from '../../api/queries'
import { columnOf, type Explanation, everyFact } from '../../domain/explanation'
import { Chart, type ChartInk, Decimal, Failed, Nothing, Panel, usePhone } from '../../ui'
import { t } from './subjects.words'
import { useKindFields } from './useKindFields'

// By way of a screen that has all of the frame, so that the frame stays one file.
const FactDrawer = lazy(() => import('./Holding').then(({ FactDrawer }) => ({ default: FactDrawer })))

const ASKED = 12
const AXES = 7
const FEWEST = 3
/** Letters of a name in a row on a phone. */
const ROW = 5

/** Where most have nothing, having nothing says nothing. */
const isTelling = (one: PeerPlace) => !(one.own === '0' && one.quantiles[2] === '0')

/** Where its figures stand among its peers: what percentage of them has less. */
export function Radar({ subject, tree }: { subject: SubjectProfile; tree: Explanation }) {
  const parts = useKindFields(subject.kind)
  const [fact, setFact] = useState<string>()
  const chain = parts?.role('chain')?.name
  // What one may not see is not there either, and is not asked about.
  const columns = useMemo(
    () => axesOf(tree).filter((axis) => subject.facts.some((one) => one.column === axis)),
    [tree, subject],
  )
  const may = useMay('subject_peers')
  const phone = usePhone()
  const { peers, failed, busy } = useQueries({
    queries: columns.map((field) => ({
      ...peersOf(subject.kind, subject.identity, field, subject.chain ? chain : undefined),
      enabled: may && parts !== undefined,
    })),
    combine: (answers) => ({
      peers: answers
        .flatMap((one, at) =>
          one.data?.told && one.data.quantiles.length > 0 && one.data.below != null && isTelling(one.data)
            ? [{ ...one.data, column: columns[at]! }]
            : [],
        )
        .slice(0, AXES),
      failed: answers.find((one) => one.error),
      busy: answers.some((one) => one.isPending),
    }),
  })
  const key = JSON.stringify(peers)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same peers are the same chart
  const option = useCallback((ink: ChartInk) => radar(peers, ink, phone), [key, phone])
  const title = subject.chain ? t('radarChain', { name: subject.chain }) : t('radar')
  if (failed && peers.length === 0)
    return (
      <Panel title={title}>
        <Failed cause={failed.error} onAgain={() => void failed.refetch()} />
      </Panel>
    )
  if (columns.length < FEWEST || (busy && peers.length < FEWEST)) return null
  if (peers.length < FEWEST)
    return (
      <Panel title={title}>
        <Nothing say={t('radarNone')} />
      </Panel>
    )
  return (
    <Panel title={title}>
      <Chart
        say={t('radarSay', { parts: peers.map((one) => `${one.column} ${one.below}%`).join(', ') })}
        option={option}
        table={{
          head: [t('field'), t('own'), t('belowOf'), t('median'), t('peers')],
          rows: peers.map((one) => [
            one.column,
            <Button
              key="own"
              type="link"
              className="fact"
              title={t('historyOf', { name: one.column })}
              onClick={() => setFact(one.column)}
            >
              <Decimal value={one.own} unit={one.unit} />
            </Button>,
            `${one.below}%`,
            <Decimal key="median" value={one.quantiles[2]} />,
            <Decimal key="n" value={String(one.n)} />,
          ]),
        }}
        onClick={(spoke) =>
          setFact((peers[Number(spoke)] ?? peers.find((one) => spokeOf(one, phone) === spoke))?.column)
        }
      />
      {fact ? (
        <Suspense>
          <FactDrawer
            kind={subject.kind}
            id={subject.identity}
            column={fact}
            onClose={() => setFact(undefined)}
          />
        </Suspense>
      ) : null}
    </Panel>
  )
}

const axesOf = (tree: Explanation): string[] =>
  everyFact(tree.items)
    .filter((fact) => fact.state === 'given' && typeof fact.value === 'object' && fact.value !== null)
    .filter((fact) => fact.period === undefined || fact.period === tree.period)
    .map(columnOf)
    .slice(0, ASKED)

const rows = (name: string) => name.replace(new RegExp(`(.{${ROW}})(?=.)`, 'gu'), '$1\n')

type Spoke = { column: string; below?: number | null }

/** What stands at the end of a spoke. */
function spokeOf({ column, below }: Spoke, phone: boolean): string {
  const name = column.split('@')[0]!
  return `${phone ? rows(name) : name}\n${below ?? 0}%`
}

function radar(peers: readonly Spoke[], ink: ChartInk, phone: boolean) {
  return {
    radar: {
      radius: phone ? '46%' : '58%',
      nameGap: 10,
      triggerEvent: true,
      indicator: peers.map((one) => ({ name: spokeOf(one, phone), max: 100 })),
      axisName: { color: ink.text },
      splitLine: { lineStyle: { color: ink.line } },
      splitArea: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
    },
    series: [
      {
        type: 'radar',
        symbolSize: 6,
        areaStyle: { opacity: 0.2 },
        data: [
          { value: peers.map((one) => one.below ?? 0) },
          {
            value: peers.map(() => 50),
            lineStyle: { type: 'dashed', color: ink.quiet },
            symbol: 'none',
            areaStyle: { opacity: 0 },
          },
        ],
      },
    ],
  }
}
