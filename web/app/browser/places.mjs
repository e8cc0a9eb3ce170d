/** Every screen that the router knows: who may see it, and an address of it where something is. */
import { ask, BASE, PASSWORD, person, settled, signIn, tell } from './browser.mjs'

const KIND = '科技型企业'
const NEED = '技术需求'
const EMPLOYEE = '经办'

/** Who sees it, where that is not an officer, or more than one do; '' is anybody. */
const WHO = {
  '/login': '',
  '/entitlements': '企业',
  '/': ['经办', '企业'],
  '/mine': ['企业', '银行'],
  '/checks': ['经办', '企业'],
  '/acts': '审计',
  '/acts/verify': '审计',
  '/acts/$act': '审计',
  '/accounts': '安全管理员',
  '/calls': '专家',
  '/webhooks': '系统管理员',
  '/webhooks/$hook': '系统管理员',
  '/system': '系统管理员',
  '/rules/new': '规则编制',
}
const whoOf = (path) => [WHO[path] ?? (path.startsWith('/public') ? '' : EMPLOYEE)].flat()

/** PART=2/3: the second of three parts of something long; AT=/rounds: the routes that have that in them. */
const [part, parts] = (process.env.PART ?? '1/1').split('/').map(Number)
const mine = (all) => all.filter((path, at) => at % parts === part - 1 && path.includes(process.env.AT ?? ''))

/** Calls `visit(page, path, url)` for each route of this part, signed in as who may see it. */
export async function everywhere(browser, visit, look) {
  const { paths, addressOf } = await known(browser)
  const ours = mine(paths)
  for (const who of new Set(ours.flatMap(whoOf))) {
    const page = await person(browser, look)
    if (who) await signIn(page, who)
    for (const path of ours.filter((one) => whoOf(one).includes(who)))
      await visit(page, path, BASE + addressOf(path))
    await page.context().close()
  }
  console.log(`     ${ours.length} of ${paths.length} routes`)
}

/** The screen, then each tab of it: `see(label)` while it stands there. */
export async function eachTab(page, path, see) {
  await settled(page).catch(() => {}) // said by who looks closer
  const tabs = page.locator('main [role=tab]')
  const many = await tabs.count()
  for (let at = 0; at < Math.max(many, 1); at++) {
    if (many > 0) await tabs.nth(at).click()
    await see(many > 0 ? `${path} [${await tabs.nth(at).textContent()}]` : path, at)
  }
}

/** The router's paths, and something that is there for each of their parameters. */
async function known(browser) {
  const page = await person(browser)
  await signIn(page, EMPLOYEE)
  const paths = await page.evaluate(() =>
    Object.values(window.__TSR_ROUTER__.routesByPath).map((one) => one.fullPath),
  )
  const kind = encodeURIComponent(KIND)
  const { runs } = await ask(page, '/runs')
  const run = runs.find((one) => one.kind === KIND && one.state === 'settled').run
  const { rows } = await ask(
    page,
    `/subjects/${kind}?limit=2&sort=${encodeURIComponent('-企业科技创新积分')}`,
  )
  const [{ payment }] = (await ask(page, '/ledger/payments')).payments
  const [{ id: policy }] = (await ask(page, '/policies')).policies
  const { entry } = (await ask(page, '/rules')).rules.find((one) => one.name.includes('企业科技创新积分'))
  const shown = (await ask(page, '/public/runs')).runs[0].run
  const given = { kind, id: rows[0].identity, run, payment, policy, entry, page: 'officer', act: 1 }
  const asked = { number: (await need(page, rows[0].identity)).number }
  const made = {
    '/public/runs/$run': { run: shown },
    '/import/$number': { number: (await file(page, kind, rows[0].identity)).import },
    '/cases/$number': asked,
    '/cases/$number/matches': asked,
    '/matches/$kind/$id': { kind: encodeURIComponent(NEED), id: await supply(page) },
    '/rounds/$number': { number: await round(page) },
    '/webhooks/$hook': { hook: (await hook(browser)).hook },
  }
  await page.context().close()
  const search = {
    '/compare/$kind': `?ids=${encodeURIComponent(JSON.stringify(rows.map((one) => one.identity)))}`,
  }
  const addressOf = (path) =>
    path.replace(/\$(\w+)/g, (_, one) => {
      const value = { ...given, ...made[path] }[one]
      if (value === undefined) throw new Error(`${path}: nothing is known for ${one}`)
      return value
    }) + (search[path] ?? '')
  return { paths, addressOf }
}

const file = (page, kind, id) => tell(page, `/kinds/${kind}/imports?name=x.csv`, `统一社会信用代码\n${id}\n`)

const need = (page, id) => tell(page, '/cases', { type: '技术需求揭榜', kind: KIND, id, title: '在线检测' })

async function hook(browser) {
  const page = await person(browser)
  await signIn(page, '系统管理员')
  await tell(page, '/session/confirm', { password: PASSWORD })
  const { allowed } = await ask(page, '/webhooks')
  const made = await tell(page, '/webhooks', {
    title: '办件机器人',
    url: `https://${allowed[0]}/hook`,
    form: 'json',
    events: ['run'],
    sensitive: false,
  })
  await page.context().close()
  return made
}

const supply = async (page) =>
  (await ask(page, `/subjects/${encodeURIComponent(NEED)}?limit=1`)).rows[0].identity

/** A round of batch matching: one that is there, or a new one. */
async function round(page) {
  const last = async () => (await ask(page, '/pairings')).rounds.at(0)?.round
  if ((await last()) === undefined) await tell(page, '/pairings', { title: '一季度对接', kind: NEED })
  for (let at = 0; at < 100; at++) {
    const number = await last()
    if (number !== undefined) return number
    await page.waitForTimeout(500)
  }
  throw new Error('no round was made')
}
