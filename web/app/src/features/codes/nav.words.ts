import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ codes: ['代码表', 'Code lists'] })
