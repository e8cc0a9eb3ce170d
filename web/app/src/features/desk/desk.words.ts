import { catalogue } from '../../ui'

export const t = catalogue({
  title: ['工作台', 'Desk'],
  hello: ['{name}，您好', 'Hello, {name}'],
  subjects: ['创新主体', 'Subjects'],
  runs: ['测算进展', 'Runs under way'],
  noRuns: ['没有进行中的测算', 'No run is under way'],
  allNotices: ['全部', 'All'],
  notices: ['最近的事', 'Lately'],
  mine: ['本单位', 'Our own'],
  open: ['打开档案', 'Open our file'],
  claims: ['能享受的政策', 'What policies give us'],
  claimsOf: ['现在就能享受 {n} 项，另有 {near} 项差一点', '{n} apply today; {near} nearly do'],
  claimsOpen: ['看每一项和为什么', 'See each, and why'],
  period: ['{n}年度', '{n}'],
  inbox: ['等我办的', 'Waiting for me'],
  noTasks: ['没有等您办的', 'Nothing waits for you'],
  overdue: ['{n} 件超期', '{n} overdue'],
  reports: ['{n} 项填报待核实', '{n} reports to look at'],
  returned: ['{n} 项填报被退回，请更正', '{n} reports were sent back'],
  payments: ['{n} 笔支付待审批', '{n} payments to be approved'],
  allTasks: ['全部', 'All of them'],
})
