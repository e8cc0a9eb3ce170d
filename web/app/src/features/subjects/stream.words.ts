import { catalogue } from '../../ui'

export const t = catalogue({
  historyOnly: ['只看哪一类', 'Only these'],
  historyAll: ['全部', 'All'],
  sort_facts: ['填报', 'Facts'],
  sort_runs: ['测算', 'Run'],
  sort_appeals: ['异议', 'Appeal'],
  sort_cases: ['办件', 'Case'],
  sort_money: ['积分资金', 'Points and money'],
  sort_consents: ['授权', 'Consent'],
  consentEnded: ['{at} 撤回', 'taken back {at}'],
  consentUntil: ['至 {at}', 'until {at}'],
  fromRow: ['导入文件第 {n} 行', 'line {n} of the imported file'],
  appeal_open: ['待答复', 'Open'],
  appeal_upheld: ['成立', 'Upheld'],
  appeal_rejected: ['不成立', 'Rejected'],
  takeReceipt: ['下载凭证', 'Download the receipt'],
  receipt: ['依据：测算 {n}', 'stands on run {n}'],
  reports: ['{n} 项', '{n} facts'],
  verdict_none: ['未核验', 'Not verified'],
  verdict_verified: ['已核实', 'Verified'],
  verdict_returned: ['已退回', 'Returned'],
})
