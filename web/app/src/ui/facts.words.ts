import { catalogue } from './catalogue'

export const t = catalogue({
  title: ['{name} 的来历', 'How {name} came about'],
  lineage: ['血缘：用到了哪里', 'Lineage: what used it'],
  none: ['没有填报记录，或不归您看', 'No report of it, or not yours to see'],
  value: ['值', 'Value'],
  day: ['自', 'From'],
  source: ['来源', 'Source'],
  reporter: ['填报人', 'Answers for it'],
  actor: ['录入', 'Brought by'],
  verdict: ['核验', 'Verdict'],
  verdict_none: ['未核验', 'Not verified'],
  verdict_verified: ['已核实', 'Verified'],
  verdict_returned: ['已退回', 'Returned'],
  evidence: ['佐证', 'Evidence'],
  holds: ['现行', 'Holds'],
  act: ['存证 {n}', 'Act {n}'],
  why: ['依据，如 看过合同和发票', 'On what ground, such as contract and invoices seen'],
  verify: ['核实', 'Verify'],
  return: ['退回', 'Send back'],
})
