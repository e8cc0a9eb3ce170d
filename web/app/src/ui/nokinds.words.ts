import { catalogue } from './catalogue'

export const t = catalogue({
  noKinds: [
    '这个县还没有登记种类（记哪些主体、哪些数据）：请运维用 geci kind set 登记种类文档，再来导入',
    'This county has no kinds of subjects yet: have geci kind set register their documents, then import',
  ],
})
