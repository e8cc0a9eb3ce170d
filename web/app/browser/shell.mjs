/**
 * What is around every screen: commands by keyboard and by right, notices back to the first, a page on
 * paper, and letters for those who need them larger.
 */
import { ask, BASE, choose, dialog, noMouse, person, settled, signIn, sound } from './browser.mjs'

export const name = 'shell'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '经办')
  await inside(page)
  await commands(page)
  await looks(page)
  await byRight(browser)
  await notices(page)
  await where(page)
  await paper(browser)
  await elder(browser)
  await anybody(browser)
}

/** Keys are heard once the shell stands there. */
const inside = (page) => page.locator('.shell').waitFor()

/** Ctrl-K, some of its name, Enter. */
async function say(page, words) {
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: /^(输入页面|A page)/ })
  await box.waitFor()
  await page.keyboard.type(words)
  await page.getByRole('option', { selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await box.waitFor({ state: 'hidden' })
}

/** Work is begun where one is: new cases, rules, runs, data, queries, leaving nothing to the mouse. */
async function commands(page) {
  await noMouse(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('listbox', { name: '命令' }).waitFor()
  await sound(page, 'palette', { still: true })
  await page.keyboard.press('Escape')
  await say(page, '申请 产学研预研')
  await dialog(page).getByLabel('标识').waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'hidden' })
  await say(page, '新建 测算')
  await dialog(page).getByLabel('评价日').waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'hidden' })
  await say(page, '导入')
  await page.waitForURL(`${BASE}/import`)
  await say(page, '保存查询 科技型企业')
  await page.locator('.views:visible').waitFor()
  await page.keyboard.press('Escape')
  await say(page, '帮助')
  await page.waitForURL(`${BASE}/help/lists`)
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await say(page, '打印')
  await page.locator('body[data-printed]').waitFor()
}

const root = (page, mark) => page.locator(`html${mark}`).waitFor()

async function looks(page) {
  await say(page, '夜间')
  await root(page, '.geci-dark')
  await say(page, '老人')
  await root(page, '[style*="175%"]')
  await say(page, '英文')
  await root(page, '[lang=en]')
  await say(page, 'chinese')
  await root(page, '[lang=zh-CN]')
  await say(page, '字号')
  await root(page, '[style*="100%"]')
  await say(page, '白天')
  await root(page, '.geci-light')
  await page.evaluate(() => localStorage.setItem('geci.prefs', '{"mode":"auto"}'))
  await page.goto(`${BASE}/`)
}

/** A firm is not offered what it may not do. */
async function byRight(browser) {
  const page = await person(browser)
  await signIn(page, '企业')
  await inside(page)
  await page.keyboard.press('Control+k')
  const list = page.getByRole('listbox', { name: '命令' })
  await list.getByText('打印本页').waitFor()
  for (const refused of ['导入数据', '起草规则', '起草测算'])
    if ((await list.getByText(refused).count()) > 0) throw new Error(`offered to a firm: ${refused}`)
  await page.keyboard.press('Escape')
  await say(page, '注销')
  await page.waitForURL((url) => url.pathname === '/login')
  await page.context().close()
}

/** The bell's drawer ends after a page; from there on they are read to the first, and each leads somewhere. */
async function notices(page) {
  await say(page, '全部通知')
  await page.getByRole('heading', { name: '通知', level: 1 }).waitFor()
  await sound(page, 'notices')
  const next = page.getByRole('button', { name: '下一页' })
  for (let pages = 0; ; pages++) {
    await page.locator('tbody a').first().waitFor()
    const [rows, links] = [
      await page.locator('tbody tr.ant-table-row').count(),
      await page.locator('tbody tr.ant-table-row td a').count(),
    ]
    if (rows !== links) throw new Error(`${rows} notices, ${links} lead somewhere`)
    if ((await next.count()) === 0 || (await next.isDisabled())) {
      if (pages === 0) throw new Error('there is only one page of notices')
      break
    }
    const first = await page.locator('tbody tr.ant-table-row').first().innerText()
    await next.click()
    await page.waitForFunction(
      (old) => document.querySelector('tbody tr.ant-table-row')?.innerText !== old,
      first,
    )
  }
  await page.getByRole('button', { name: '回到第一页' }).click()
}

const PLACE = '320582100'
const switches = (page) => page.locator('.switch .ant-select:visible')

/** The locality and year above go with lists and the cockpit that go by them, and are not offered elsewhere. */
async function where(page) {
  const open = async (path) => {
    await page.goto(`${BASE}${path}`)
    await settled(page)
  }
  await open('/cockpit')
  const rows = page.locator('.cockpit-matrix tbody tr')
  await rows.first().waitFor()
  const all = await rows.count()
  await open(`/cockpit?at=${PLACE}&year=2025`)
  await rows.first().waitFor()
  if (all < 5 || (await rows.count()) !== 1)
    throw new Error(`rows of one locality: ${await rows.count()} of ${all}`)
  await page.locator('.cockpit-tile-chosen').waitFor()
  await page.locator('.cockpit-kinds .opens').first().click()
  await page.waitForURL((url) => url.pathname.startsWith('/subjects/') && !url.searchParams.has('at'))
  await open('/cases?tab=all')
  await switches(page).nth(1).waitFor()
  const { cases } = await ask(page, `/cases?locality=${PLACE}`)
  for (const one of cases) {
    const { locality } = await ask(page, `/subjects/${encodeURIComponent(one.kind)}/${one.id}`)
    if (locality !== PLACE) throw new Error(`case ${one.number} is of ${locality}`)
  }
  await choose(page, switches(page).nth(1), '杨舍镇')
  await page.waitForURL((url) => url.searchParams.get('at')?.includes(PLACE) === true)
  await settled(page)
  if ((await page.locator('tbody tr.ant-table-row').count()) !== cases.length)
    throw new Error('cases of one locality')
  await open('/jobs')
  if ((await switches(page).count()) > 0) throw new Error('a switch that changes nothing')
}

const PAPER = { width: 718, height: 1000 } // A4 between its margins, in CSS pixels

/** Whoever works in the dark prints in the light: no chrome, tables whole, and where it is from. */
async function paper(browser) {
  const page = await person(browser, { name: 'paper', ...PAPER, mode: 'dark' })
  await signIn(page, '经办')
  await inside(page)
  const kind = encodeURIComponent('科技型企业')
  const { rows } = await ask(page, `/subjects/${kind}?limit=1`)
  for (const path of [`/subjects/${kind}`, `/subjects/${kind}/${rows[0].identity}`, '/cockpit', '/runs/5']) {
    await page.goto(`${BASE}${path}`)
    await settled(page)
    await page.waitForTimeout(500) // charts are drawn by then
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.locator('.paper').waitFor()
    await page.waitForTimeout(100)
    const faults = await page.evaluate(printed)
    if (faults.length > 0) throw new Error(`${path} on paper:\n    ${faults.join('\n    ')}`)
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await page.locator('html.geci-dark').waitFor()
  }
  await page.context().close()
}

/** What is wrong with the page as it would be printed; in the page. */
function printed() {
  const faults = []
  const light = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number)
    return 255 * (1 - a) + a * (0.3 * r + 0.59 * g + 0.11 * b) // over white
  }
  const shown = (one) => one.getClientRects().length > 0
  for (const gone of document.querySelectorAll('.top, .side, .page-actions, .filters, .ant-tabs-nav, button'))
    if (shown(gone)) faults.push(`printed: ${gone.className || gone.textContent}`)
  for (const one of document.querySelectorAll('body, .panel, .record-head, th, td'))
    if (shown(one) && light(getComputedStyle(one).backgroundColor) < 140)
      faults.push(`dark ground: ${one.className}`)
  for (const one of document.querySelectorAll('h1, h2, p, dd, td, th'))
    if (shown(one) && light(getComputedStyle(one).color) > 140) faults.push(`pale ink: ${one.textContent}`)
  for (const one of document.querySelectorAll('table, canvas, svg'))
    if (shown(one) && one.getBoundingClientRect().right > innerWidth + 1)
      faults.push(`cut at the right: ${one.tagName} ${one.className}`)
  for (const canvas of document.querySelectorAll('canvas')) {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let [pale, ink] = [0, 0]
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] < 250) continue
      if (Math.min(data[at], data[at + 1], data[at + 2]) > 225) pale++
      else if (Math.max(data[at], data[at + 1], data[at + 2]) < 60) ink++
    }
    if (pale > ink) faults.push(`a chart in pale ink: ${pale} of it, ${ink} dark`)
  }
  if (!document.querySelector('.paper').textContent.includes(location.pathname.split('/')[1]))
    faults.push('no address')
  return faults
}

/** At the largest size nothing is cut or spills over, wide or narrow, light or dark. */
async function elder(browser) {
  const page = await person(browser, undefined, { text: 175 })
  await signIn(page, '企业')
  await inside(page)
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
  if (size < 24) throw new Error(`the largest letters are ${size} px`)
  const { subject_kind: kind, subject_id: id } = await ask(page, '/session')
  for (const path of [
    '/',
    `/subjects/${encodeURIComponent(kind)}/${id}`,
    '/entitlements',
    '/cases',
    '/notices',
  ]) {
    await page.goto(`${BASE}${path}`)
    await settled(page)
    await sound(page, `largest ${path}`)
  }
  await page.context().close()
}

/** Whoever is not signed in has the guide, larger letters, colours and the other language as well. */
async function anybody(browser) {
  const page = await person(browser)
  await page.goto(`${BASE}/login`)
  await page.getByRole('link', { name: '使用说明' }).click()
  await page.getByRole('heading', { name: /开始/ }).waitFor()
  await page.getByRole('link', { name: '运行维护' }).click()
  await page.getByRole('heading', { name: /备份与恢复/ }).waitFor()
  await sound(page, 'guide for anybody')
  for (const [path, anchor] of [
    ['/public', 'results'],
    ['/public/policies', 'policies'],
    ['/public/calculate', 'policies'],
    ['/public/board', 'board'],
  ]) {
    await page.goto(`${BASE}${path}`)
    await page.locator('.page-help').click()
    await page.locator(`#${anchor}`).waitFor()
  }
  await page.getByRole('button', { name: '显示' }).click()
  await page.getByText('English', { exact: true }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await page.context().close()
}
