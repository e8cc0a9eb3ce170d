/**
 * Every screen in each look, and each further tab of it in two: nothing that axe objects to, nothing
 * beyond the edge, no error. The routes are the router's own: one that is new and nobody here may see fails until it is told who.
 */
import { ask, BASE, LOOKS, PASSWORD, person, picture, settled, signIn, sound, tell } from './browser.mjs'

export const name = 'routes'

const KIND = '科技型企业'
const EMPLOYEE = '经办'

/** Who may see it, where that is not an officer; '' is anybody. */
const WHO = {
  '/login': '',
  '/entitlements': '企业',
  '/mine': '企业',
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
const who = (path) => WHO[path] ?? (path.startsWith('/public') ? '' : EMPLOYEE)

export async function journey(browser) {
  const { paths, addressOf } = await known(browser)
  const found = []
  for (const one of new Set(paths.map(who))) {
    const page = await person(browser)
    if (one) await signIn(page, one)
    for (const path of paths.filter((path) => who(path) === one)) {
      await walk(page, path, BASE + addressOf(path), found)
    }
    await page.context().close()
  }
  console.log(`     ${paths.length} routes`)
  if (found.length > 0) throw new Error(found.join('\n    '))
}

/** One screen, and each tab of it; what is wrong with it is added to `found`. */
async function walk(page, path, url, found) {
  const fault = (where) => (error) => found.push(`${where}: ${error.message}`)
  await page.goto(url)
  await settled(page).catch(fault(path))
  const tabs = page.locator('main [role=tab]')
  const many = await tabs.count()
  for (let at = 0; at < Math.max(many, 1); at++) {
    if (many > 0) await tabs.nth(at).click()
    const label = many > 0 ? `${path} [${await tabs.nth(at).textContent()}]` : path
    await seen(page)
      .then(() => sound(page, label))
      .catch(fault(label))
    page.looks = [LOOKS[0], LOOKS[3]]
  }
  await picture(page, `routes${path.replaceAll('/', '-').replaceAll('$', '')}`)
}

/** It is what was asked for: no refusal, nothing missing, nothing that fell down. */
async function seen(page) {
  await settled(page)
  for (const said of ['您的角色不能看这里', '没有，或不归您看', '没有这一页', '这一页出错了'])
    if (await page.getByText(said).count()) throw new Error(said)
  if (await page.locator('.ant-alert-error').count())
    throw new Error(await page.locator('.ant-alert-error').first().textContent())
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
