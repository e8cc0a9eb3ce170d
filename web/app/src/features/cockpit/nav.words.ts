import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  cockpit: ['驾驶舱', 'Cockpit'],
  screen: ['大屏', 'Big screen'],
})
