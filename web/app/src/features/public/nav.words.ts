import { catalogue } from '../../ui/catalogue'

export const t = catalogue({ board: ['榜单与公示', 'Calls and notices'] })
