import { Button } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { PlainTable } from './PlainTable'
import { useMode, usePaper } from './prefs'
import { Loading } from './states'
import { BACK, INK, PALETTE } from './theme'
import { t } from './ui.words'

/** What an option is made with: colours of the theme. */
export interface ChartInk {
  text: string
  quiet: string
  line: string
  rise: string
  fall: string
  back: string
  palette: readonly string[]
}

export interface ChartProps {
  /** One sentence that says what the chart shows, for those who do not see it. */
  say: string
  option: (ink: ChartInk) => EChartsCoreOption
  /** The same figures, exactly, as a table. */
  table: { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }
  height?: number
  onClick?: (name: string) => void
}

type Library = typeof import('./echarts')
type Drawn = ReturnType<Library['draw']>

/** A chart that loads its library when first shown; below it a way to the figures themselves. */
export function Chart({ say, option, table, height = 280, onClick }: ChartProps) {
  const [figures, setFigures] = useState(false)
  const picture = useRef<() => void>(undefined)
  return (
    <figure className="chart">
      {figures ? (
        <Figures say={say} table={table} />
      ) : (
        <Drawing say={say} option={option} height={height} picture={picture} {...(onClick && { onClick })} />
      )}
      <Button type="link" size="small" onClick={() => setFigures(!figures)} className="no-print">
        {figures ? t('chart') : t('table')}
      </Button>
      {figures ? null : (
        <Button type="link" size="small" onClick={() => picture.current?.()} className="no-print">
          {t('picture')}
        </Button>
      )}
    </figure>
  )
}

function Drawing({
  say,
  option,
  height,
  picture,
  onClick,
}: Omit<ChartProps, 'table' | 'height'> & {
  height: number
  picture: { current: (() => void) | undefined }
}) {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawn>(undefined)
  const library = useRef<Library>(undefined)
  const paper = usePaper()
  const [ready, setReady] = useState(false)
  const mode = useMode()
  const click = useRef(onClick)
  click.current = onClick
  useEffect(() => {
    let gone = false
    void import('./echarts').then((loaded) => {
      if (gone || !box.current) return
      library.current = loaded
      drawn.current = loaded.draw(box.current, (name) => click.current?.(name))
      picture.current = () =>
        void import('./snapshot').then(({ download }) => download(drawn.current!.picture(), `${say}.png`))
      setReady(true)
    })
    return () => {
      gone = true
      drawn.current?.end()
      drawn.current = undefined
      picture.current = undefined
    }
  }, [picture, say])
  useEffect(() => {
    if (!ready) return
    let gone = false
    const made = option({ ...INK[mode], back: BACK[mode], palette: PALETTE[mode] })
    const show = () => {
      if (!gone) drawn.current?.show(made, PALETTE[mode], { ...INK[mode], back: BACK[mode] }, paper)
    }
    const more = library.current?.loadFor(made)
    if (more) void more.then(show)
    else show()
    return () => {
      gone = true
    }
  }, [option, mode, paper, ready])
  return (
    <div className="chart-box" style={{ height }}>
      {ready ? null : <Loading rows={4} />}
      <div ref={box} role="img" aria-label={say} className="chart-canvas" />
    </div>
  )
}

const Figures = ({ say, table }: Pick<ChartProps, 'say' | 'table'>) => (
  <PlainTable
    caption={say}
    label={say}
    head={table.head}
    rows={table.rows.map((cells, key) => ({ key, cells }))}
  />
)
