import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ desk: ['工作台', 'Desk'] })
