import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  jobs: ['任务', 'Jobs'],
})
