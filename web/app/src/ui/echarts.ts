/** The parts of ECharts that most charts use; loaded when a chart is first shown. */
import { BarChart, LineChart, RadarChart } from 'echarts/charts'
import { GridComponent, RadarComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, RadarChart, GridComponent, RadarComponent, TooltipComponent, CanvasRenderer])

const USUAL: readonly unknown[] = ['bar', 'line', 'radar']

let whole = false

/** The other parts are loaded for those who need them; undefined: they are there. */
export function loadFor(option: EChartsCoreOption): Promise<unknown> | undefined {
  const series = [option.series ?? []].flat() as { type?: string; markLine?: unknown }[]
  const usual = series.every((one) => USUAL.includes(one.type) && one.markLine === undefined)
  if (whole || (usual && option.visualMap === undefined && option.legend === undefined)) return undefined
  return import('./echartsMore').then(() => {
    whole = true
  })
}

const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

export function draw(box: HTMLElement, onClick: (name: string) => void) {
  const chart = init(box)
  chart.on('click', ({ name, value, event }) => {
    // A corner of a radar tells which spoke it is on in its shape alone; a word on an axis is a value.
    const spoke = (event?.target as { __dimIdx?: number } | undefined)?.__dimIdx
    onClick(spoke === undefined ? String(name || value) : String(spoke))
  })
  const paper = window.matchMedia('print') // there it is scaled as it is
  const watch = new ResizeObserver(() => !paper.matches && chart.resize())
  watch.observe(box)
  let ground = 'transparent'
  return {
    show(
      option: EChartsCoreOption,
      palette: readonly string[],
      ink: { text: string; quiet: string; back: string },
      still: boolean,
    ) {
      ground = ink.back
      chart.setOption(
        {
          color: [...palette],
          textStyle: { color: ink.text, fontFamily: FONT },
          animationDuration: 300,
          ...option,
          ...(still && { animation: false }),
        },
        true,
      )
      if (still) chart.getZr().flush() // paper does not wait for the next frame
    },
    picture: () => chart.getDataURL({ pixelRatio: 2, backgroundColor: ground }),
    end() {
      watch.disconnect()
      chart.dispose()
    },
  }
}
