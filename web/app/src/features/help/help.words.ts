import { catalogue } from '../../ui'

export const t = catalogue({
  title: ['使用说明', 'Guide'],
  pages: ['各篇', 'Pages'],
  none: ['没有这一篇说明', 'There is no such page of the guide'],
})
