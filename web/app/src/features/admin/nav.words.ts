import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  rights: ['角色与权限', 'Roles and rights'],
  accounts: ['账号', 'Accounts'],
  mine: ['我的授权', 'My tokens and consents'],
  hooks: ['对外通知', 'Webhooks'],
  system: ['运行状态', 'System'],
})
