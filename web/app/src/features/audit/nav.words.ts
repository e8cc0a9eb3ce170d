import { catalogue } from '../../ui/catalogue'

export const t = catalogue({
  acts: ['存证', 'Acts'],
})
