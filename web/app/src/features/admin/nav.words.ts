import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  accounts: ['账号', 'Accounts'],
  mine: ['我的授权', 'My tokens and consents'],
  hooks: ['对外通知', 'Webhooks'],
  system: ['运行状态', 'System'],
})
