/** The parts of ECharts that are used; loaded when a chart is first shown. */
import {
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  PieChart,
  RadarChart,
  ScatterChart,
} from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  PieChart,
  RadarChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
])

const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

export function draw(box: HTMLElement, onClick: (name: string) => void) {
  const chart = init(box)
  chart.on('click', (event) => onClick(String(event.name)))
  const watch = new ResizeObserver(() => chart.resize())
  watch.observe(box)
  return {
    show(option: EChartsCoreOption, palette: readonly string[], ink: { text: string; quiet: string }) {
      chart.setOption(
        {
          color: [...palette],
          textStyle: { color: ink.text, fontFamily: FONT },
          animationDuration: 300,
          ...option,
        },
        true,
      )
    },
    picture: () => chart.getDataURL({ pixelRatio: 2, backgroundColor: 'transparent' }),
    end() {
      watch.disconnect()
      chart.dispose()
    },
  }
}
