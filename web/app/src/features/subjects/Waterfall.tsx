import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useMay } from '../../api'
import { placed } from '../../domain/decimal'
import { type Explanation, mainScore, steps } from '../../domain/explanation'
import { Chart, type ChartInk, Decimal, Panel, StatusBadge } from '../../ui'
import { WhyLink } from '../../ui/WhyLink'
import { t } from './subjects.words'

/** What the parts of a score add up to; each opens to its reason. */
export function Waterfall({ tree, run }: { tree: Explanation; run: number }) {
  const go = useNavigate()
  const may = useMay('explain')
  const score = mainScore(tree)
  const parts = useMemo(() => (score ? steps(score) : []), [score])
  const option = useCallback(
    (ink: ChartInk) => waterfall(parts, score?.item ?? '', score?.text ?? '', ink),
    [parts, score],
  )
  if (!score || parts.length === 0) return null
  const open = (item: string) =>
    void go({ to: '/explain/$run/$id', params: { run: String(run), id: tree.id }, search: { item } })
  const row = (name: string, text: string) => [
    name,
    <WhyLink key="v" run={run} id={tree.id} item={name} value={text}>
      <Decimal value={text} />
    </WhyLink>,
  ]
  return (
    <Panel
      title={t('waterfall', { name: score.item, year: tree.period })}
      extra={<StatusBadge status={tree.rules.status} />}
    >
      <Chart
        say={t('waterfallSay', {
          name: score.item,
          total: score.text,
          parts: parts.map((part) => `${part.name} ${part.text}`).join(', '),
        })}
        option={option}
        table={{
          head: [t('item'), t('pointsOf')],
          rows: [...parts.map((part) => row(part.name, part.text)), row(score.item, score.text)],
        }}
        {...(may && { onClick: open })}
      />
    </Panel>
  )
}

/** Bars that stand on one another; where a bar begins is only for the eye. */
function waterfall(parts: ReturnType<typeof steps>, name: string, total: string, ink: ChartInk) {
  let at = 0
  const rows = parts.map((part) => {
    const by = placed(part.text) ?? 0
    const from = Math.min(at, at + by)
    at += by
    return { name: part.name, from, by, text: part.text }
  })
  return {
    grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { color: ink.quiet }, splitLine: { lineStyle: { color: ink.line } } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...rows.map((one) => one.name), name],
      axisLabel: { color: ink.text, width: 120, overflow: 'truncate' },
      axisTick: { show: false },
      triggerEvent: true,
    },
    series: [
      {
        type: 'bar',
        stack: 'a',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: [...rows.map((one) => one.from), 0],
      },
      {
        type: 'bar',
        stack: 'a',
        barMaxWidth: 22,
        label: { show: true, position: 'right', color: ink.text },
        data: [
          ...rows.map((one) => ({
            value: Math.abs(one.by),
            itemStyle: { color: one.by < 0 ? ink.fall : ink.palette[0] },
            label: { formatter: one.text },
          })),
          { value: placed(total) ?? 0, itemStyle: { color: ink.palette[2] }, label: { formatter: total } },
        ],
      },
    ],
  }
}
