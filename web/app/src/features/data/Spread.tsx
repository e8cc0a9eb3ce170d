import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useCallback, useState } from 'react'
import { type FigureSpread, type KindField, type SubjectQuery, subjectSpread } from '../../api'
import { Answer, Chart, type ChartInk, Decimal, Facts } from '../../ui'
import { t } from './queries.words'

/** How a figure is spread among those that were found. */
export function Spread({
  kind,
  query,
  fields,
}: {
  kind: string
  query: SubjectQuery
  fields: readonly KindField[]
}) {
  const [field, setField] = useState<string>()
  const answer = useQuery({
    queryKey: ['subjects', kind, 'spread', field, query],
    queryFn: ({ signal }) => subjectSpread({ kind, field: field!, bins: 12 }, query, { signal }),
    enabled: field !== undefined,
  })
  return (
    <>
      <Select
        allowClear
        showSearch
        aria-label={t('spreadOf')}
        placeholder={t('spreadOf')}
        className="query-field"
        popupMatchSelectWidth={false}
        value={field ?? null}
        options={fields
          .filter((one) => one.type === 'number')
          .map((one) => ({ value: one.name, label: one.name }))}
        onChange={(to) => setField(to ?? undefined)}
      />
      {field ? (
        <Answer of={answer} empty={(data) => data.n === 0}>
          {(data) => <Bins of={data} />}
        </Answer>
      ) : null}
    </>
  )
}

function Bins({ of }: { of: FigureSpread }) {
  const names = of.counts.map((_, at) => `${of.edges[at] ?? ''} ~ ${of.edges[at + 1] ?? ''}`)
  const option = useCallback(
    (ink: ChartInk) => ({
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      grid: { left: 56, right: 16, top: 16, bottom: 28 },
      xAxis: {
        type: 'category',
        data: of.counts.map((_, at) => of.edges[at] ?? ''),
        axisLabel: { color: ink.text },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: ink.quiet },
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: [{ type: 'bar', barCategoryGap: '8%', data: of.counts }],
    }),
    [of],
  )
  const [low, middle, high] = [of.least, of.quantiles[Math.floor(of.quantiles.length / 2)], of.most]
  return (
    <>
      <Facts
        of={[
          [t('known'), <Decimal key="n" value={String(of.n)} />],
          [t('missing'), <Decimal key="m" value={String(of.missing)} />],
          [t('least'), <Decimal key="l" value={low} unit={of.unit} />],
          [t('median'), <Decimal key="q" value={middle} unit={of.unit} />],
          [t('most'), <Decimal key="h" value={high} unit={of.unit} />],
        ]}
      />
      <Chart
        say={t('spreadSays', { field: of.field, unit: of.unit })}
        option={option}
        table={{ head: [of.field, t('found')], rows: of.counts.map((n, at) => [names[at] ?? '', n]) }}
      />
    </>
  )
}
