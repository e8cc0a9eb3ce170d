import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  money: ['资金与积分', 'Points and money'],
})
