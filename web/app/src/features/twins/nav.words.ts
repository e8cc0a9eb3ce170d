import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ twins: ['疑似重复', 'Twins'] })
