import { catalogue } from '../../ui'

export const t = catalogue({
  movers: ['谁升谁降', 'Who moved'],
  against: ['与哪次比', 'Against which run'],
  againstRun: ['与 {title} 比', 'Against {title}'],
  locality: ['属地', 'Locality'],
  anyLocality: ['全部属地', 'Any locality'],
  way: ['升还是降', 'Up or down'],
  anyWay: ['升和降', 'Both'],
  up: ['升 {n}', 'Up {n}'],
  down: ['降 {n}', 'Down {n}'],
  others: [
    '不变 {same} · 新增 {fresh} · 不再有 {gone} · 还不能确定 {open}',
    'Same {same} · new {fresh} · gone {gone} · not definite {open}',
  ],
  noMovers: ['没有升降', 'Nobody moved'],
  noBefore: ['没有可以比的另一次测算', 'There is no other run to compare with'],
  subject: ['主体', 'Subject'],
  score: ['得分', 'Score'],
  change: ['变化', 'Change'],
  rank: ['名次', 'Rank'],
  moverWhy: ['因为', 'Because of'],
})
