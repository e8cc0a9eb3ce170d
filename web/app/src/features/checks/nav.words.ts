import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ checks: ['填报核实', 'Checks'] })
