import { catalogue } from './catalogue'

export const t = catalogue({
  open: ['没有格次', 'Without a grade'],
  mean: ['平均得分', 'Mean score'],
  draft: ['未公示', 'Not published'],
  cut: ['数据截至 {day}', 'As of {day}'],
  run: ['测算 {run} · 评价日 {day}', 'Run {run} · day {day}'],
  up: ['升 {n}', 'Up {n}'],
  same: ['不变 {n}', 'Same {n}'],
  down: ['降 {n}', 'Down {n}'],
  fresh: ['新增 {n}', 'New {n}'],
  gone: ['不再有 {n}', 'Gone {n}'],
  rises: ['升得最多', 'Up most'],
  falls: ['降得最多', 'Down most'],
  rank: ['名次 {before} → {now}', 'Rank {before} → {now}'],
  between: ['{before} → {now}', '{before} → {now}'],
  movers: ['谁升谁降', 'Who moved'],
})
