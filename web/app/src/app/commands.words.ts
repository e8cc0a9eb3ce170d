import { catalogue } from '../ui'

export const t = catalogue({
  palette: ['命令', 'Commands'],
  paletteHint: ['输入页面、要办的事、企业名或代码', 'A page, what to do, a name or a code'],
  goTo: ['前往', 'Go to'],
  kept: ['存下的查询', 'Kept query'],
  does: ['办理', 'Do'],
  caseNew: ['提出事项：{type}', 'Open a case: {type}'],
  import: ['导入数据', 'Import data'],
  ruleNew: ['起草规则', 'Draft rules'],
  runNew: ['起草测算', 'Draft a run'],
  runCompute: ['计算：{title}', 'Compute: {title}'],
  runComputing: ['算好了', 'Computed'],
  queryNew: ['保存查询：{kind}', 'Save a query: {kind}'],
  light: ['浅色', 'Light colours'],
  dark: ['深色', 'Dark colours'],
  otherLanguage: ['换成英文', 'Change to Chinese'],
  elder: ['适老大字', 'Largest text'],
  plainText: ['标准大小的字', 'Text of normal size'],
  print: ['打印本页', 'Print this page'],
  help: ['本页说明', 'Help for this page'],
  notices: ['全部通知', 'All notices'],
  signOut: ['退出登录', 'Sign out'],
})

/** What else a command is called by those who type it, in either language. */
export const ALSO: Readonly<Partial<Record<Parameters<typeof t>[0], string>>> = {
  caseNew: '申请 办件 新建 case open new',
  import: '上传 表格 excel upload import',
  ruleNew: '新建 规则 草稿 rule draft new',
  runNew: '新建 赋分 测算 run draft new',
  runCompute: '赋分 测算 重算 compute run',
  queryNew: '查询 视图 收藏 save query view',
  light: '亮色 白天 颜色 主题 light theme',
  dark: '暗色 夜间 颜色 主题 dark theme',
  otherLanguage: '英文 英语 语言 中文 汉语 chinese language',
  elder: '老人 放大 字号 大号 elder large text',
  plainText: '缩小 字号 适老 normal text',
  print: '打印 纸 pdf print',
  help: '帮助 怎么用 说明 help guide',
  notices: '通知 消息 以前 notices older',
  signOut: '退出 注销 换人 logout sign out',
}
