import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ calls: ['揭榜', 'Calls for me'], rounds: ['批量匹配', 'Batch matching'] })
