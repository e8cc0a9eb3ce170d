import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ cases: ['事项', 'Cases'], measures: ['办件度量', 'Measures of cases'] })
