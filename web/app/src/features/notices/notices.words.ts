import { catalogue } from '../../ui'

export const t = catalogue({
  title: ['通知', 'Notices'],
  at: ['时间', 'When'],
  what: ['什么事', 'What happened'],
  unseen: ['未看', 'Not seen'],
  none: ['没有通知', 'There are no notices'],
})
