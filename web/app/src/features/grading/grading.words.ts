import { catalogue } from '../../ui'

export const t = catalogue({
  runs: ['测算', 'Runs'],
  rules: ['规则', 'Rules'],
  run: ['测算 {n} 号', 'Run {n}'],
  number: ['测算号', 'Number'],
  title: ['标题', 'Title'],
  kind: ['对象', 'Subjects'],
  period: ['评价期', 'Period'],
  day: ['评价日', 'Day of evaluation'],
  subjects: ['主体数', 'How many'],
  state: ['状态', 'State'],
  origin: ['依据', 'Basis'],
  replaces: ['更正第 {n} 号', 'Corrects run {n}'],
  corrects: ['更正哪一次', 'Corrects'],
  noRuns: ['还没有测算', 'No runs yet'],
  newRun: ['起草测算', 'Draft a run'],
  byRules: ['按哪份规则', 'By which rules'],
  published: ['已发布的规则', 'Published rules'],
  titleHint: ['不写就用规则的名称', 'The name of the rules unless given'],
  periodHint: ['不写就是评价日的上一年', 'The year before the day unless given'],
  drafted: ['已起草，下一步是测算', 'Drafted; computing is next'],
  compute: ['测算', 'Compute'],
  computed: ['算好了，下一步由另一个人复核', 'Computed; somebody else reviews it next'],
  review: ['复核', 'Review'],
  reviewed: ['复核过了，可以公示', 'Reviewed; it can be published'],
  publish: ['公示', 'Publish'],
  enact: ['发布', 'Bring into force'],
  finish: ['定稿', 'Make final'],
  withdraw: ['撤回', 'Withdraw'],
  correct: ['起草更正', 'Draft a correction'],
  why: ['说明', 'Reason'],
  whyNeeded: ['请写明理由', 'A reason is needed'],
  firstDay: ['公示首日', 'First day'],
  workdays: ['几个工作日', 'Working days'],
  noticeNote: [
    '按国务院办公厅的工作日历算到最后一天',
    'The last day follows from the State Council’s calendar',
  ],
  twoPersons: [
    '起草、测算的人不能复核；复核的人不能公示',
    'Who drafted or computed cannot review; who reviewed cannot publish',
  ],
  overview: ['概况', 'Overview'],
  results: ['结果', 'Results'],
  appeals: ['异议', 'Appeals'],
  steps: ['经过', 'History'],
  proof: ['凭证', 'Proof'],
  rulesHash: ['规则', 'Rules'],
  snapshot: ['数据快照', 'Facts'],
  resultsHash: ['结果', 'Results'],
  root: ['凭证树根', 'Root of the receipts'],
  engine: ['引擎', 'Engine'],
  untilAct: ['数据截至存证', 'Facts as of act'],
  proofNote: [
    '规则、数据快照和引擎版本定下结果的每一个字节；任何时候都可以复算核对。',
    'Rules, facts and engine fix every byte of the results; they can be computed again at any time.',
  ],
  verify: ['复算核对', 'Compute again'],
  verifying: ['正在从规则和快照复算…', 'Computing from rules and snapshot…'],
  agrees: [
    '逐字节相同：{n} 个主体的结果、凭证和树根',
    'The same, byte for byte: results, receipts and root of {n} subjects',
  ],
  differs: ['不相同，第一个不同的是 {id}', 'Not the same; the first that differs is {id}'],
  downloadAll: ['下载全部结果', 'Download all results'],
  openList: ['在列表中看全部', 'See all in the list'],
  whose: ['谁', 'Whose'],
  says: ['内容', 'What it says'],
  by: ['提出人', 'By'],
  at: ['时间', 'When'],
  verdict: ['答复', 'Verdict'],
  open: ['待答复', 'Open'],
  upheld: ['成立', 'Upheld'],
  rejected: ['不成立', 'Rejected'],
  decide: ['答复', 'Decide'],
  appeal: ['提出异议', 'Appeal'],
  appealText: ['哪里不对，应当是多少，依据是什么', 'What is wrong, what it should be, and on what ground'],
  appealed: ['已提出，答复后会通知您', 'Filed; you will be told the verdict'],
  appealId: ['主体标识', 'Identity of the subject'],
  noAppeals: ['没有异议', 'No appeals'],
  upheldNote: [
    '异议成立：先更正数据，再起草更正的测算，差别会列出来。',
    'Upheld: correct the facts, then draft a run that corrects this one; what changed will be listed.',
  ],
  notComputed: ['还没有测算', 'Not computed yet'],
  chooseOther: ['没有更早的版本；要比，选一份', 'No earlier version; choose a document to compare with'],
  noticeFrom: ['{first} 至 {last}', '{first} to {last}'],
  entered: ['入账', 'Entered in the ledger'],
  version: ['版本', 'Version'],
  name: ['名称', 'Name'],
  noRules: ['还没有规则', 'No rules yet'],
  newRules: ['起草规则', 'Draft rules'],
  read: ['阅读', 'Read'],
  source: ['源文', 'Source'],
  changes: ['与另一版比', 'Compare'],
  problems: ['检查', 'Problems'],
  against: ['与哪一版比', 'Compare with'],
  noChanges: ['两版一字不差', 'Not a letter differs'],
  noOther: ['没有同名的另一版', 'There is no other version of this name'],
  edit: ['改成新稿', 'Edit as a new draft'],
  draft: ['存为草稿', 'Keep as a draft'],
  draftKept: ['已存为草稿，等另一个人复核', 'Kept as a draft, for somebody else to review'],
  checking: ['正在检查…', 'Checking…'],
  sound: ['没有错误', 'No errors'],
  errors: ['{n} 个错误', '{n} errors'],
  warnings: ['{n} 处提醒', '{n} warnings'],
  line: ['第 {n} 行', 'Line {n}'],
  items: ['各项', 'Items'],
  fields: ['用到的字段', 'Fields'],
  editor: ['规则全文', 'Text of the rules'],
  editorNote: ['边写边检查；点一处问题，跳到那里', 'Checked as you type; a problem leads to its place'],
  mustBeSound: ['有错误的规则不能存', 'Rules with errors cannot be kept'],
  unsaved: ['改过的还没有存，离开就没有了', 'What you changed is not kept; leaving discards it'],
  outline: ['目录', 'Contents'],
  clause: ['条文', 'Clause'],
  find: ['名称', 'Name'],
  anyKind: ['各类对象', 'Any subjects'],
  anyState: ['各种状态', 'Any state'],
  starter: [
    `# 办法名称
- 版本: 1
- 生效: 2026-01-01
- 对象: 科技型企业
- 状态: 示例

## 字段

| 名称 | 类型 | 单位 | 期间 |
|---|---|---|---|
| 营业收入 | 数 | 万元 | 年 |
| 研发费用 | 数 | 万元 | 年 |

## 指标 研发强度
- 式: 研发费用 / 营业收入
- 显示: %

## 评分 总分
- 满分: 20

| 研发强度 | 总分 |
|---|---|
| >= 5% | 20 |
| [3%, 5%) | 12 |
| < 3% | 0 |

## 测试

| 说明 | 营业收入 | 研发费用 | 总分 |
|---|---|---|---|
| 正好 5% | 1000 | 50 | 20 |
| 没填研发费用 | 1000 | | 0~20 |
`,
    `# Name of the rules
- version: 1
- from: 2026-01-01
- subject: 科技型企业
- status: example

## Fields

| name | type | unit | period |
|---|---|---|---|
| 营业收入 | number | 万元 | year |
| 研发费用 | number | 万元 | year |

## Indicator intensity
- formula: 研发费用 / 营业收入
- show: %

## Score total
- max: 20

| intensity | total |
|---|---|
| >= 5% | 20 |
| [3%, 5%) | 12 |
| < 3% | 0 |

## Tests

| label | 营业收入 | 研发费用 | total |
|---|---|---|---|
| just 5% | 1000 | 50 | 20 |
| nothing reported | 1000 | | 0~20 |
`,
  ],
  corrected: ['更正前后', 'Before and after'],
  sameAsBefore: ['和测算 {n} 号一样', 'The same as in run {n}'],
  change: ['变化', 'Change'],
  item: ['项', 'Item'],
  impact: ['影响', 'Impact'],
  tryImpact: ['试算影响', 'Work it out'],
  impactNote: [
    '用最近一次公示的测算的数据，按现行规则和这一稿各算一遍；什么都不写入。',
    'The facts of the latest published run are scored by the rules in force and by this wording; nothing is written.',
  ],
  impactFirst: [
    '没有上一版，也没有公示过的测算可以对照',
    'There is no earlier wording and no published run to hold it against',
  ],
  impactSound: ['没有错误才能试算', 'Only a text without errors can be tried'],
  impactOld: [
    '文字改过了，下面是改之前的影响',
    'The text has changed since: below is what it came to before',
  ],
  impactOf: [
    '与 {old} 相比，用测算 {run} 号的数据，评价日 {day}',
    'Against {old}, on the facts of run {run}, as of {day}',
  ],
  changed: ['有变化的', 'Who change'],
  impactUp: ['得分升', 'Gain'],
  impactDown: ['得分降', 'Lose'],
  impactSame: ['得分不变', 'Stay'],
  impactOpen: ['得分未定', 'Open'],
  moneyBefore: ['政策金额，原', 'Money of policies before'],
  moneyAfter: ['政策金额，新', 'Money of policies after'],
  winners: ['上升的', 'Who gain'],
  losers: ['下降的', 'Who lose'],
  gates: ['条件', 'Gates'],
  policies: ['政策', 'Policies'],
  before: ['原', 'Before'],
  after: ['新', 'After'],
  gained: ['新符合', 'Newly met'],
  lost: ['不再符合', 'No longer'],
  gradeShift: ['格次转移', 'From grade to grade'],
  fromTo: ['原＼新', 'From \\ to'],
  undecided: ['未定', 'Open'],
  scoreSums: ['总分', 'Points in all'],
  score: ['得分', 'Score'],
  grade: ['格次', 'Grade'],
  rank: ['名次', 'Rank'],
  others: ['其他', 'Others'],
  movers: ['谁升谁降', 'Who moved'],
  allMovers: ['全部升降', 'Everybody who moved'],
  impactMovers: ['变动最大的 {n} 个（共 {all} 个有变化）', 'The {n} that change most, of {all}'],
})
