/** Parts of ECharts that few charts use. */
import { FunnelChart, HeatmapChart, PieChart, ScatterChart } from 'echarts/charts'
import { LegendComponent, MarkLineComponent, VisualMapComponent } from 'echarts/components'
import { use } from 'echarts/core'

use([
  FunnelChart,
  HeatmapChart,
  PieChart,
  ScatterChart,
  LegendComponent,
  MarkLineComponent,
  VisualMapComponent,
])
