import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ lineage: ['血缘', 'Lineage'] })
