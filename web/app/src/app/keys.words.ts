import { catalogue } from '../ui'

export const t = catalogue({
  keys: ['键盘', 'Keys'],
  keySearch: ['搜索', 'Search'],
  keyPalette: ['命令', 'Commands'],
  keyGo: ['前往：{name}', 'Go to {name}'],
  keyHelp: ['这张表', 'This table'],
  keyEsc: ['关闭', 'Close'],
})
