import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ cases: ['事项', 'Cases'] })
