import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  policies: ['政策', 'Policies'],
  mine: ['我的政策', 'My policies'],
})
