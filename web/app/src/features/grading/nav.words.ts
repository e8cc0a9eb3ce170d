import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  runs: ['测算', 'Runs'],
  rules: ['规则', 'Rules'],
})
