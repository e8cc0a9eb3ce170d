// The walk: what people do with the API one after another, then every route by every role, well
// asked and badly. Each answer is kept.
import { createHash } from 'node:crypto'

import type { Contract, Operation } from './document.js'
import { differences, policyOf } from './figures.js'
import { sample } from './sample.js'
import type { Answer, How, Server } from './server.js'

export interface Step {
  operation: Operation
  role: string
  answer: Answer
}

type Words = Record<string, string | number>
type Json = Record<string, any>

interface Ask extends How {
  at?: Words // path and query, by name
}

const KIND = '企业'
const RULES = `# 办法
- 对象: 企业
- 版本: 示例.1
- 状态: 示例
- 身份: 代码

## 字段

| 名称 | 类型 | 单位 | 期间 |
|---|---|---|---|
| 研发费用 | 数 | 元 | 年 |

## 评分 得分
- 满分: 10

| 研发费用 | 得分 |
|---|---|
| >= 103元 | 10 |
| < 103元 | 4 |
`

const POLICIES = `# 政策
- 对象: 企业
- 版本: 示例.1
- 状态: 示例

## 字段

| 名称 | 类型 | 单位 | 期间 |
|---|---|---|---|
| 研发费用 | 数 | 元 | 年 |

## 政策 研发奖
- 条件: 研发费用 >= 103元
- 金额: 研发费用 × 10%
- 最高: 50元
- 分期: 首期 50%; 验收后 50%
- 联动比例: 市 1: 县 1
- 叠加组: 研发

## 政策 研发加奖
- 条件: 研发费用 >= 110元
- 金额: 5元
- 叠加组: 研发
`

const CASE = `# 办件样例
- 对象: 企业
- 版本: 示例.1
- 状态: 示例

## 字段 样例
| 名称 | 类型 | 分级 |
|---|---|---|
| 题目 | 文本 | 公开 |

## 事项 样例
- 发起: 本人; 经办
- 评审: 1人; 0~100

| 填报 | 必填 |
|---|---|
| 题目 | 是 |

| 材料 | 必交 |
|---|---|
| 说明书 | 是 |

| 状态 | 终 | 公开 | 受理 |
|---|---|---|---|
| 征集 | | 是 | 揭榜; 评审 |
| 开标 | | | 开标 |
| 完成 | 是 | 是 | |

| 步骤 | 从 | 到 | 谁 |
|---|---|---|---|
| 截标 | 征集 | 开标 | 经办 |
| 办结 | 开标 | 完成 | 经办 |
`

/** Who asks badly as well: between them they may use every route. */
const CARELESS = ['', 'officer', 'leader', 'author', 'enterprise', 'bank', 'auditor', 'security_admin']

/** A day in China, so many after today. */
function day(after: number): string {
  return new Date(Date.now() + (after + 1 / 3) * 86_400_000).toISOString().slice(0, 10)
}

/** Of the year of a day and the next: but for the first of January no holidays. */
function calendar(from: string): string {
  const year = Number(from.slice(0, 4))
  return `日期,类别\n${year}-01-01,休\n${year + 1}-01-01,休\n`
}

export class Walk {
  readonly steps: Step[] = []
  readonly failed: string[] = [] // what people do and the server did not

  constructor(
    private readonly server: Server,
    private readonly contract: Contract,
    private readonly program: { geci: string; url: string },
  ) {}

  private async ask(role: string, operation: Operation, path: string, how: How): Promise<Answer> {
    const answer = await this.server.ask(role, operation.method, path, how)
    this.steps.push({ operation, role, answer })
    return answer
  }

  private path(operation: Operation, at: Words): string {
    const query = operation.parameters.filter((p) => p.in === 'query' && at[p.name] !== undefined)
    return (
      this.contract.document.servers[0]!.url +
      operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(at[name] ?? '')) +
      query.map((p, i) => `${i === 0 ? '?' : '&'}${p.name}=${encodeURIComponent(at[p.name]!)}`).join('')
    )
  }

  /** Asks for something that has to succeed. */
  private async does(role: string, id: string, { at = {}, ...how }: Ask = {}): Promise<Json> {
    const operation = this.contract.operation(id)
    const answer = await this.ask(role, operation, this.path(operation, at), { sure: true, ...how })
    if (operation.responses[answer.status] === undefined || answer.status >= 400)
      this.failed.push(`${id} by ${role}: ${answer.status} ${answer.text.slice(0, 300)}`)
    return answer.media === 'application/json' ? (JSON.parse(answer.text) as Json) : {}
  }

  // ---- what people do ----

  async people(): Promise<void> {
    await this.accounts()
    await this.lending()
    await this.subjects()
    await this.imports()
    await this.rules()
    await this.policies()
    await this.cases()
    await this.runs()
    await this.money()
    await this.desk()
    await this.glance()
    await this.auditors()
  }

  private async accounts(): Promise<void> {
    const by = 'security_admin'
    const made = await this.does(by, 'account_add', {
      body: { name: 'walker', title: '某人', role: 'officer', password: 'first-Password-1' },
    })
    const at = { account: made['account'] as number }
    await this.does(by, 'account_list', { at: { limit: 3 } })
    await this.does(by, 'account_role', { at, body: { role: 'author', given: true } })
    await this.signIn('first-Password-1')
    await this.does(by, 'account_password', { at, body: { password: 'third-Password-3' } })
    await this.does(by, 'account_state', { at, body: { state: 'locked', why: '离岗' } })
  }

  private async signIn(password: string): Promise<void> {
    const fresh = 'second-Password-2'
    const cookie = (): Record<string, string> => {
      const last = this.steps.at(-1)!.answer
      const headers = { cookie: last.headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
      const csrf = last.media === 'application/json' ? (JSON.parse(last.text) as Json)['csrf'] : ''
      return { ...headers, 'x-csrf-token': String(csrf) }
    }
    await this.does('', 'session_open', { body: { name: 'walker', password } })
    await this.does('', 'session_password', { headers: cookie(), body: { password, fresh } })
    await this.does('', 'session_confirm', { headers: cookie(), body: { password: fresh } })
    const headers = cookie()
    await this.does('', 'session_get', { headers })
    await this.does('', 'session_end', { headers })
  }

  private async lending(): Promise<void> {
    const token = await this.does('officer', 'token_add', { body: { title: '对账', scopes: ['read'], days: 3 } })
    await this.does('', 'kind_list', { headers: { authorization: `Bearer ${token['secret']}` } })
    await this.does('officer', 'token_list')
    await this.does('officer', 'token_end', { at: { token: token['token'] as number } })
    const lent = await this.does('officer', 'delegation_add', {
      body: { borrower: 'reviewer', role: 'officer', first: day(0), last: day(9), why: '休假' },
    })
    await this.does('reviewer', 'delegation_list')
    await this.does('officer', 'delegation_end', { at: { delegation: lent['delegation'] as number } })
    const given = await this.does('enterprise', 'consent_add', {
      body: { organisation: '示例银行', purpose: '创新积分贷', fields: ['研发费用'], days: 30 },
    })
    await this.does('enterprise', 'consent_list')
    await this.does('bank', 'granted_list')
    await this.does('bank', 'subject_get', { at: { kind: KIND, id: 'E1' } })
    await this.does('enterprise', 'consent_end', { at: { consent: given['consent'] as number } })
  }

  private async subjects(): Promise<void> {
    const kind = { kind: KIND }
    const one = { kind: KIND, id: 'E1' }
    await this.does('', 'health')
    await this.does('officer', 'kind_list')
    await this.does('officer', 'kind_get', { at: kind })
    for (const role of ['officer', 'town', 'enterprise']) {
      await this.does(role, 'subject_list', { at: { ...kind, fields: '研发费用@2025,联系电话', facets: '属地', limit: 2 } })
      await this.does(role, 'search', { at: { q: '示例', limit: 3 } })
      await this.does(role, 'subject_query', {
        at: kind,
        body: { terms: [{ field: '研发费用@2025', op: 'ge', values: ['100'] }], sort: '-研发费用@2025' },
      })
    }
    await this.does('officer', 'subject_spread', { at: { ...kind, field: '研发费用@2025', bins: 3 }, body: {} })
    const said = await this.does('enterprise', 'subject_report', {
      at: one,
      headers: { 'idempotency-key': 'walk-1' },
      body: { source: '自报', values: { '研发费用@2025': '111' } },
    })
    await this.does('enterprise', 'subject_report', {
      at: one,
      headers: { 'idempotency-key': 'walk-1' },
      body: { source: '自报', values: { '研发费用@2025': '111' } },
    })
    await this.does('town', 'subject_mark', {
      at: one,
      body: { act: said['act'] as number, line: 0, verdict: 'verified', why: '与年报一致' },
    })
    for (const role of ['officer', 'town', 'enterprise']) {
      await this.does(role, 'subject_get', { at: one })
      await this.does(role, 'subject_history', { at: one })
      await this.does(role, 'subject_peers', { at: { ...one, field: '研发费用@2025' } })
    }
    await this.proved(one)
    await this.unchanged('subject_get', one)
  }

  /** A file behind a figure: whoever sees the figure may have it, and nobody else. */
  private async proved(one: Words): Promise<void> {
    const came = await this.does('enterprise', 'evidence_add', { at: { ...one, file: '合同.pdf' }, body: '%PDF-1.4 甲' })
    const values = { '营业收入@2025': '1001' }
    await this.does('enterprise', 'subject_report', { at: one, body: { source: '自报', values, evidence: came['evidence'] as number } })
    const facts = (await this.does('officer', 'subject_history', { at: { ...one, field: '营业收入' } }))['facts'] as Json[]
    if (facts.at(-1)?.['evidence'] !== came['hash']) this.failed.push(`subject_history: ${JSON.stringify(facts.at(-1))}`)
    const at = { ...one, hash: came['hash'] as string }
    for (const role of ['enterprise', 'town', 'officer']) await this.does(role, 'evidence_get', { at })
    const operation = this.contract.operation('evidence_get')
    const others: [string, Words, number][] = [['bank', at, 403], ['officer', { ...at, id: 'E2' }, 404], ['town', { ...at, id: 'E3' }, 404]]
    for (const [role, where, status] of others) {
      const answer = await this.ask(role, operation, this.path(operation, where), { sure: true })
      if (answer.status !== status) this.failed.push(`evidence_get by ${role}: ${answer.status}`)
    }
  }

  /** Asked again with the tag of the answer before: 304, once what was written before is seen by all. */
  private async unchanged(id: string, at: Words): Promise<void> {
    await this.does('officer', id, { at })
    for (let i = 0; i < 20; i++) {
      const tag = this.steps.at(-1)!.answer.headers.etag ?? ''
      await this.does('officer', id, { at, headers: { 'if-none-match': tag } })
      if (this.steps.at(-1)!.answer.status === 304) return
      await new Promise((go) => setTimeout(go, 100))
    }
    this.failed.push(`${id}: no 304 for its own tag`)
  }

  private async rules(): Promise<void> {
    await this.does('author', 'rule_check', { body: { text: RULES } })
    const made = await this.does('author', 'rule_draft', { body: { text: RULES } })
    const at = { entry: made['entry'] as number }
    await this.does('reviewer', 'rule_review', { at, body: { why: '与文件一致' } })
    await this.does('leader', 'rule_publish', { at, body: { why: '施行' } })
    await this.does('', 'rule_get', { at })
    await this.does('leader', 'rule_withdraw', { at, body: { why: '修订' } })
  }

  private async policies(): Promise<void> {
    const made = await this.does('author', 'rule_draft', { body: { text: POLICIES } })
    const at = { entry: made['entry'] as number }
    await this.does('reviewer', 'rule_review', { at, body: { why: '与文件一致' } })
    await this.does('leader', 'rule_publish', { at, body: { why: '施行' } })
    const of = { kind: KIND, id: 'E1', policy: `${at.entry}.0` }
    await this.does('', 'policy_list', { at: { kind: KIND, q: '研发' } })
    await this.does('', 'policy_get', { at: { id: of.policy } })
    await this.does('', 'policy_form_get', { at: { kind: KIND } })
    const facts = ['研发费用=200元']
    await this.does('', 'policy_calculate', { body: { kind: KIND, facts, period: 2025 } })
    for (const role of ['officer', 'enterprise']) {
      await this.does(role, 'entitlement_list', { at: of })
      await this.does(role, 'entitlement_explain', { at: of })
      await this.does(role, 'entitlement_years', { at: { ...of, years: 2 } })
    }
    await this.figures(of.id)
    await this.does('enterprise', 'entitlement_news', { at: { ...of, since: 1 } })
    await this.does('leader', 'policy_newly_get', { at: { id: of.policy, since: 1 } })
    await this.does('leader', 'policy_totals_get', { at: of })
    await this.telling({ id: of.policy })
    await this.does('leader', 'policy_forecast_make', { body: { text: POLICIES, past: 1 } })
    await this.does('leader', 'rule_withdraw', { at, body: { why: '修订' } })
  }

  private async figures(id: string): Promise<void> {
    const { geci, url } = this.program
    const list = await this.does('officer', 'entitlement_list', { at: { kind: KIND, id } })
    const found = differences(await policyOf(geci, url, POLICIES, list, id), list)
    if (found.length > 0) this.failed.push(`geci policy and the server: ${found.join('; ')}`)
    list['lines'][0].amount.low = '1' // planted
    if (differences(await policyOf(geci, url, POLICIES, list, id), list).length === 0)
      this.failed.push('a figure that differs is not seen')
  }

  /** Who is entitled is told once; who follows the policy hears of it. */
  private async telling(at: Words): Promise<void> {
    const before = await this.does('officer', 'policy_telling_get', { at })
    const view = await this.does('town', 'view_add', { body: { kind: '政策', title: before['key'], query: {} } })
    const first = await this.does('officer', 'policy_tell', { at })
    const again = await this.does('officer', 'policy_tell', { at })
    const after = await this.does('officer', 'policy_telling_get', { at })
    const told = (await this.does('enterprise', 'notice_list'))['notices'][0]?.kind as string
    const heard = (await this.does('town', 'notice_list'))['notices'][0] as Json
    await this.does('town', 'view_end', { at: { view: view['view'] as number } })
    const seen = [before['entitled'] > 0, before['waiting'] === before['entitled'], first['told'] === before['waiting'],
      again['told'] === 0, after['waiting'] === 0, after['told'] === first['told'], told === 'policy_applies',
      heard?.['kind'] === 'policy_told', heard?.['object'] === before['key']]
    if (seen.includes(false)) this.failed.push(`telling of a policy: ${seen.join(' ')}`)
  }

  private async glance(): Promise<void> {
    const kind = { kind: KIND }
    await this.does('officer', 'cockpit_kinds')
    await this.does('town', 'cockpit_targets')
    await this.does('town', 'cockpit_panels')
    await this.does('officer', 'cockpit_matrix', { at: { ...kind, figure: '研发费用@2025' } })
    await this.does('town', 'cockpit_map', { at: kind })
    await this.does('officer', 'cockpit_movers', { at: kind })
    await this.does('officer', 'cockpit_money')
    await this.does('officer', 'cockpit_holders', { at: { year: 2015, paid: 'false' } })
  }

  /** A call: opened for E2, bid for by E1, reviewed, closed. */
  private async cases(): Promise<void> {
    const entry = (await this.does('author', 'rule_draft', { body: { text: CASE } }))['entry'] as number
    await this.does('reviewer', 'rule_review', { at: { entry }, body: { why: '与文件一致' } })
    await this.does('leader', 'rule_publish', { at: { entry }, body: { why: '施行' } })
    await this.does('officer', 'case_types')
    const made = await this.does('officer', 'case_open', {
      body: { type: '样例', kind: KIND, id: 'E2', title: '求解', fields: { 题目: '密封' } },
    })
    const at = { number: made['number'] as number }
    await this.does('officer', 'case_save', { at, body: { seq: 1, fields: { 题目: '甲公司的高温密封' } } })
    await this.does('officer', 'case_hand_in', { at: { ...at, paper: '说明书', file: '说明书.txt' }, body: '说明' })
    const story = await this.does('town', 'case_get', { at })
    const paper = story['papers'][0]['number'] as string
    await this.does('officer', 'case_paper_get', { at: { ...at, paper } })
    await this.judged(at)
    const told = await this.does('officer', 'case_match_ask', { at, body: { with: KIND } })
    if (told['model']?.['state'] !== 'away') this.failed.push(`case_match_ask: ${JSON.stringify(told['model'])}`)
    await this.bid(at)
    for (const role of ['officer', 'town', 'judge']) {
      await this.does(role, 'case_list', { at: { limit: 5 } })
      await this.does(role, 'case_tasks')
      await this.does(role, 'case_get', { at })
    }
    await this.does('', 'case_board')
    const measured = await this.does('officer', 'case_measures', { at: { type: '样例' } })
    const behind = await this.does('town', 'case_measured', { at: { type: '样例', state: '开标' } })
    if (measured['seen'] !== 1 || behind['cases'].length !== 1) this.failed.push(`case_measures: ${JSON.stringify([measured, behind])}`)
    await this.matched(at)
  }

  /** Who suits a firm, a case and oneself; what is said of it is found again. */
  private async matched(at: Words): Promise<void> {
    const one = { kind: KIND, id: 'E2', with: KIND }
    const list = await this.does('officer', 'match_experts', { at: one })
    for (const row of list['rows'] as Json[])
      if (row['reasons'].reduce((sum: number, why: Json) => sum + why['worth'], 0) !== row['score'])
        this.failed.push(`match_experts: reasons do not add up: ${JSON.stringify(row)}`)
    await this.does('town', 'case_matches', { at: { ...at, with: KIND, limit: 5 } })
    await this.does('enterprise', 'match_calls')
    const told = await this.does('officer', 'match_ask', { at: { kind: KIND, id: 'E2' }, body: { with: KIND } })
    if (told['model']?.['state'] !== 'away') this.failed.push(`match_ask: ${JSON.stringify(told['model'])}`) // nobody listens there
    const answer = { with: KIND, answer: 'E1', said: 'contacted', place: 1 }
    await this.does('officer', 'match_say', { body: { kind: KIND, id: 'E2', ...answer } })
    await this.does('town', 'match_say', { body: { number: at['number'] as number, ...answer, said: 'refused', why: '方向不合' } })
    await this.paired()
    await this.merged()
  }

  /** A round of batch matching from its draft to its publication by another; and one that is given up. */
  private async paired(): Promise<void> {
    const ask = { title: '一季度', kind: KIND, with: KIND }
    const first = await this.taken('officer', 'pairing_new', { body: ask }, 'done', false)
    const at = { round: first['outcome']?.round as number }
    const view = await this.does('officer', 'pairing_get', { at: { ...at, places: 1, split: 'place', floor: 1 } })
    if (view['trial'] !== true) this.failed.push(`pairing_get: ${JSON.stringify(view)}`)
    await this.does('officer', 'pairing_limit', { at, body: { each: 2, places: 1, split: 'place', floor: 0, floors: [{ group: '320582100', least: 1 }] } })
    await this.does('officer', 'pairing_lock', { at, body: { locks: [{ need: 'E1', answer: 'E2', lock: 'in', why: '会上定的' }] } })
    await this.does('officer', 'pairing_get', { at: { ...at, need: 'E1' } })
    await this.does('reviewer', 'pairing_propose', { at, body: {} })
    await this.does('leader', 'pairing_publish', { at, body: { why: '同意' } })
    const town = await this.does('town', 'pairing_get', { at })
    if ((town['scarce'] as Json[]).length + (town['groups'] as Json[]).length > 0) this.failed.push('pairing_get tells a town of others')
    await this.does('town', 'pairing_list')
    const second = await this.taken('officer', 'pairing_new', { body: ask }, 'done', false)
    const other = { round: second['outcome']?.round as number }
    await this.does('officer', 'pairing_give_up', { at: other, body: { why: '重起' } })
  }

  /** One subject into another, and apart again. */
  private async merged(): Promise<void> {
    await this.does('officer', 'twin_list', { at: { kind: KIND, least: 0 } })
    await this.does('officer', 'subject_apart', { at: { kind: KIND, id: 'E3' }, body: { other: 'E1', why: '两家' } })
    await this.does('officer', 'subject_merge', { at: { kind: KIND, id: 'E2' }, body: { into: 'E1', why: '同一家' } })
    const list = await this.does('officer', 'twin_list', { at: { kind: KIND } })
    if (JSON.stringify(list['merged']) !== '[{"identity":"E2","into":"E1"}]') this.failed.push(`twin_list: ${JSON.stringify(list)}`)
    await this.does('officer', 'subject_split', { at: { kind: KIND, id: 'E2' }, body: { why: '不是一家' } })
  }

  private async judged(at: Words): Promise<void> {
    const all = await this.does('security_admin', 'account_list', { at: { limit: 100 } })
    const judge = all['accounts'].find((a: Json) => a['name'] === 'judge')['account'] as number
    await this.does('officer', 'case_invite', { at, body: { account: judge, last: day(9) } })
    await this.does('judge', 'case_judge', { at, body: { low: '70', high: '85.5', text: '可行' } })
    await this.does('judge', 'tie_add', { body: { kind: KIND, subject: 'E1', tie: 'kin', why: '亲属任职' } })
    await this.does('judge', 'tie_list')
    await this.does('officer', 'tie_list')
  }

  private async bid(at: Words): Promise<void> {
    const text = '用石墨'
    const secret = 'correct horse battery'
    const seal = createHash('sha256').update(`12000000\n${text}\n${secret}`).digest('hex')
    const made = await this.does('enterprise', 'case_bid', { at, body: { seal } })
    await this.does('officer', 'case_do', { at, body: { step: '截标', seq: 2, why: '到期' } })
    await this.does('enterprise', 'case_bid_open', {
      at: { ...at, bid: made['bid'] as number },
      body: { price: '120000', text, secret },
    })
    const told = async (role: string): Promise<Json | undefined> =>
      ((await this.does(role, 'notice_list'))['notices'] as Json[]).find((one) => one['object'] === String(at['number']) && one['kind'].startsWith('case_'))
    const heard = [(await told('officer'))?.['kind'], (await told('judge'))?.['kind'], (await told('enterprise'))?.['kind']]
    if (heard.join() !== 'case_bid,case_task,') this.failed.push(`notices of a case: ${heard.join()}`)
  }

  private async runs(): Promise<void> {
    const past = await this.published('2026-01-06')
    await this.does('', 'run_list')
    await this.does('', 'public_runs')
    await this.does('', 'run_get', { at: past })
    for (const role of ['officer', 'enterprise']) await this.explained(role, { ...past, id: 'E1' })
    await this.does('leader', 'run_finish', { at: past })
    const scenarios = [{ rate: '2000' }, { rate: '2000', cap: '9000', budget: '5000.01' }]
    await this.does('leader', 'settle_simulate', { body: { run: past.run, item: '得分', scenarios } })
    await this.does('auditor', 'run_results', { at: past })
    await this.does('auditor', 'run_verify', { at: past })
    await this.revised(past.run as number)
    await this.does('', 'public_results', { at: { run: 1, limit: 2 } })
    const now = await this.published(day(0))
    const said = await this.does('officer', 'run_appeal', { at: now, body: { id: 'E2', text: '漏报' } })
    await this.does('officer', 'run_get', { at: now })
    await this.does('leader', 'run_decide', {
      at: { appeal: said['appeal'] as number },
      body: { verdict: 'rejected', why: '查无此项' },
    })
    await this.does('leader', 'run_withdraw', { at: now, body: { why: '重复' } })
  }

  /** Other wordings of the rules, on the facts of the run in force. */
  private async revised(run: number): Promise<void> {
    const text = RULES.replace('| 4 |', '| 7 |')
    const entry = (await this.does('author', 'rule_draft', { body: { text } }))['entry'] as number
    await this.does('author', 'rule_revision', { at: { entry } })
    await this.does('reviewer', 'rule_revise', { body: { text: `${text}\n## 说明\n\n> 试一试。\n`, against: entry } })
    const impact = await this.does('author', 'rule_impact', { at: { entry, by: '属地', limit: 5 } })
    if (impact['run'] !== run || impact['changed'] === 0 || impact['up'] !== impact['changed'])
      this.failed.push(`rule_impact: ${JSON.stringify(impact)}`)
    await this.does('leader', 'rule_try', { body: { text, run } })
    const groups = this.contract.operation('rule_try') // a group of one would tell a protected label
    const told = await this.ask('author', groups, this.path(groups, {}), { body: { text, by: ['联系电话'] } })
    if (told.status !== 422) this.failed.push(`rule_try by 联系电话: ${told.status}`)
    await this.does('leader', 'rule_withdraw', { at: { entry }, body: { why: '不改了' } })
  }

  /** A run whose notice begins on that day. */
  private async published(first: string): Promise<Words> {
    const made = await this.does('officer', 'run_new', { body: { rules: RULES, day: '2026-01-05', period: 2025 } })
    const at = { run: made['run'] as number }
    await this.does('officer', 'run_compute', { at })
    await this.does('reviewer', 'run_review', { at, body: { why: '无误' } })
    await this.does('leader', 'run_publish', { at, body: { first, days: 5, calendar: calendar(first) } })
    return at
  }

  private async explained(role: string, at: Words): Promise<void> {
    await this.does(role, 'run_receipt', { at })
    await this.does(role, 'explain', { at: { ...at, lang: 'en' } })
    await this.does(role, 'next_steps', { at })
    await this.does(role, 'whatif', { at, body: { set: ['研发费用=50'] } })
    await this.does(role, 'seek', { at, body: { goal: '得分>=10分' } })
  }

  /** A town's table: looked at, read otherwise, all or nothing, then its good rows. */
  private async imports(): Promise<void> {
    const body = '代码,名称,研发费,属地\nE1,甲公司,12,\nE1,甲公司,x,\nE3,丙公司,3,\n'
    const came = await this.does('town', 'import_new', { at: { kind: KIND, name: '表.csv' }, body })
    const at = { import: came['import'] as number }
    const how = { columns: [{ column: 2, as: '研发费用(万元)@2025' }], day: day(-9), period: 2025 }
    await this.does('town', 'import_list')
    await this.does('town', 'import_preview', { at, body: {} })
    await this.does('town', 'import_preview', { at, body: { how, first: 1, limit: 1 } })
    await this.does('town', 'import_refused', { at, body: how })
    await this.taken('town', 'import_commit', { at, body: { how } }, 'failed')
    const order = { how, good_rows: true, source: '区镇填报', reporter: '某人' }
    await this.taken('town', 'import_commit', { at, body: order }, 'done')
    const again = await this.does('town', 'import_new', { at: { kind: KIND, name: '表.csv' }, body })
    if (again['known'] === null) this.failed.push('import_new: the file is not known again')
    await this.does('town', 'import_end', { at: { import: again['import'] as number } })
    await this.does('town', 'kind_template', { at: { kind: KIND, period: 2025 } })
  }

  private async taken(role: string, id: string, how: Ask, state: string, file = true): Promise<Json> {
    const asked = await this.does(role, id, how)
    const job = { job: asked['job'] as number }
    const end = Date.now() + 10_000
    let now: Json = {}
    do now = await this.does(role, 'job_get', { at: job })
    while (['queued', 'running'].includes(now['state'] as string) && Date.now() < end)
    if (now['state'] !== state) this.failed.push(`${id}: ${JSON.stringify(now)}`)
    if (file) await this.does(role, 'job_result', { at: job })
    return now
  }

  /** From a budget to the file for the bank. */
  private async money(): Promise<void> {
    const budget = { line: '2060404', year: 2016 }
    const pool = { policy: 'p22', year: 2015 }
    const does = (role: string, id: string, body: Json, at: Words = {}): Promise<Json> => this.does(role, id, { body, at })
    await does('finance', 'ledger_budget', { ...budget, what: 'open' })
    await does('finance', 'ledger_budget', { ...budget, what: 'raise', amount: '1000000', decision: 'd1' })
    await does('finance', 'ledger_pool', { ...pool, what: 'open', line: budget.line, budget_year: budget.year })
    await does('finance', 'ledger_pool', { ...pool, what: 'allocate', amount: '500000' })
    await does('finance', 'ledger_term', { ...pool, what: 'rate', amount: '2000', decision: 'd2' })
    const stands = { receipt: '2015/E1', rules: 'aa11', snapshot: 'bb22' }
    await does('officer', 'ledger_points', { ...pool, ...stands, what: 'issue', subject: 'E1', points: '5.09' })
    const settled = await does('officer', 'ledger_settle', { ...pool, decision: 'd3' })
    const owed = { due: `${settled['act']}-0`, amount: '10180', payee: '甲公司', account: '6222011234' }
    const dropped = await does('officer', 'ledger_pay', owed)
    await does('officer', 'ledger_cancel', { why: '重开' }, { payment: dropped['operation'] as string })
    const asked = await does('officer', 'ledger_pay', owed)
    const payment = { payment: asked['operation'] as string }
    await does('leader', 'ledger_approve', { version: 1 }, payment)
    await does('finance', 'ledger_approve', { version: 1 }, payment)
    const sent = await does('finance', 'ledger_batch', {})
    await this.does('finance', 'ledger_batch_file', { at: { act: sent['act'] as number } })
    const said = `支付号,金额,账号,状态,日期\n${asked['operation']},10180.00,6222011234,成功,2016-04-02\n9-9,1,1,成功,\n`
    const answers = { at: { name: '回单.csv' }, body: said }
    const matched = await this.taken('finance', 'ledger_answers', answers, 'done')
    if (matched['outcome']?.bank?.matched !== 1) this.failed.push(`ledger_answers: ${JSON.stringify(matched)}`)
    await this.does('finance', 'ledger_payment', { at: payment })
    await this.does('finance', 'ledger_payments')
    await this.does('finance', 'ledger_balances', { at: { year: 2015 } })
    await this.does('enterprise', 'subject_ledger', { at: { kind: KIND, id: 'E1' } })
  }

  private async desk(): Promise<void> {
    const query = { sort: '-研发费用@2025', limit: 2 }
    const kept = await this.does('officer', 'view_add', { body: { kind: KIND, title: '前两名', query } })
    const at = { view: kept['view'] as number }
    await this.does('officer', 'view_list')
    await this.does('officer', 'view_run', { at })
    await this.does('officer', 'view_share', { at, body: { team: true } })
    await this.does('leader', 'view_lock', { at, body: { locked: true } })
    await this.does('leader', 'view_lock', { at, body: { locked: false } })
    await this.does('officer', 'view_end', { at })
  }

  private async auditors(): Promise<void> {
    await this.does('auditor', 'act_list', { at: { limit: 5 } })
    await this.does('auditor', 'act_get', { at: { act: 1 } })
    await this.does('auditor', 'anchor_get')
    await this.does('auditor', 'audit_verify', { body: {} })
  }

  // ---- every route ----

  async everything(): Promise<void> {
    for (const role of ['', ...this.server.accounts.keys()])
      for (const operation of this.contract.operations)
        if (!this.endsSession(operation, role)) await this.every(role, operation)
  }

  /** A login of nobody costs a password hash: strangers try, that is enough. */
  private endsSession(operation: Operation, role: string): boolean {
    return operation.path.startsWith('/session') && operation.method !== 'get' && role !== ''
  }

  private async every(role: string, operation: Operation): Promise<void> {
    const at: Words = { kind: KIND, id: 'E1', field: '研发费用@2025' }
    for (const p of operation.parameters)
      if (p.required && at[p.name] === undefined) at[p.name] = sample(this.contract, p.schema) as number
    const path = this.path(operation, at)
    const schema = operation.requestBody?.content['application/json']?.schema
    const body = schema === undefined ? undefined : sample(this.contract, schema)
    await this.ask(role, operation, path, { body })
    if (operation['x-confirm']) await this.ask(role, operation, path, { body, sure: true })
    if (!CARELESS.includes(role)) return
    for (const word of ['0', '\0', '9223372036854775808'])
      if (operation.path.includes('{')) await this.ask(role, operation, this.path(operation, fill(at, word)), { body })
    await this.refused(role, operation, `${path}${path.includes('?') ? '&' : '?'}nobody=1`, { body })
    if (schema === undefined && operation.requestBody !== undefined) return // bytes: there are no bad ones
    for (const bad of badBodies(body)) await this.refused(role, operation, path, { body: bad })
  }

  /** What the document does not declare is refused; whoever may not ask is told that first. */
  private async refused(role: string, operation: Operation, path: string, how: How): Promise<void> {
    const answer = await this.ask(role, operation, path, { ...how, sure: true })
    if (![400, 401, 403, 429].includes(answer.status))
      this.failed.push(`${operation.operationId} by ${role}: ${answer.status} for input that is not declared`)
  }
}

function fill(at: Words, word: string): Words {
  return Object.fromEntries(Object.entries(at).map(([name, was]) => [name, name === 'field' ? was : word]))
}

function badBodies(body: unknown): unknown[] {
  if (body === undefined) return ['{"nobody":1}']
  const text = JSON.stringify(body)
  const twice = text === '{}' ? '{"nobody":1,"nobody":2}' : `{${text.slice(1, -1)},${text.slice(1, -1)}}`
  return [{ ...(body as object), nobody: 1 }, twice, '[]', text + text]
}

