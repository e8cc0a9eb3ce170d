import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ import: ['导入', 'Import'], queries: ['查询', 'Queries'] })
