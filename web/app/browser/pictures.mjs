/**
 * The pictures of README and of the guide, made anew in docs/img of a county of real size; only when asked for by name:
 * `make run`, then beside it `GECI=http://127.0.0.1:8080 make browser J=pictures`.
 */
import { writeFileSync } from 'node:fs'
import { ask, BASE, choose, person, settled, signIn, tell } from './browser.mjs'
import { firmOfTown } from './town.mjs'

export const name = 'pictures'
export const onlyAsked = true

const LOOK = { name: 'docs', width: 1280, height: 800, mode: 'light' }
const KIND = '科技型企业'
const LIST = `/subjects/${encodeURIComponent(KIND)}`

/** Name of the picture, who looks, and the way there. */
const PICTURES = {
  desk: ['经办', (page) => at(page, '/')],
  list: ['经办', (page) => at(page, LIST)],
  why: ['经办', why],
  whatif: ['企业', whatIf],
  policies: ['企业', (page) => at(page, '/entitlements')],
  import: ['经办', preview],
  checks: ['杨舍镇', checks],
  lineage: ['经办', lineage],
  run: ['经办', (page) => at(page, '/runs/4')],
  author: ['规则编制', mistake],
  consent: ['企业', (page) => at(page, '/mine')],
  bank: ['银行', (page) => at(page, '/mine')],
  payment: ['审计', paid],
  cockpit: ['局领导', (page) => at(page, '/cockpit')],
  screen: [
    '局领导',
    (page) => at(page, '/screen'),
    { name: 'wall', width: 1920, height: 1080, mode: 'dark' },
  ],
  phone: [
    '',
    (page) => at(page, '/public/runs/4'),
    { name: 'phone', width: 390, height: 844, mode: 'light' },
  ],
}

export async function journey(browser) {
  for (const [name, [who, go, look]] of Object.entries(PICTURES)) {
    const page = await person(browser, look ?? LOOK)
    if (who) await signIn(page, who)
    await go(page)
    await settled(page)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(1_000) // charts draw themselves in
    await keep(page, name)
    await page.context().close()
  }
}

/** Chromium itself writes WebP; a quarter of the bytes of PNG. */
async function keep(page, name) {
  const cdp = await page.context().newCDPSession(page)
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 75 })
  writeFileSync(new URL(`../../../docs/img/${name}.webp`, import.meta.url), Buffer.from(data, 'base64'))
}

const at = (page, path) => page.goto(BASE + path)

/** Not the best: what would raise it is said. */
async function why(page) {
  const { rows } = await ask(page, `${LIST}?limit=41&sort=${encodeURIComponent('-企业科技创新积分')}`)
  await at(page, `/explain/4/${rows[40].identity}?item=${encodeURIComponent('研发投入')}`)
  await page.getByText('再进一步').waitFor()
}

async function whatIf(page) {
  await page.getByRole('link', { name: /打开档案/ }).click()
  await page
    .getByRole('link', { name: '推演' })
    .or(page.getByRole('button', { name: '推演' }))
    .first()
    .click()
  await page
    .getByRole('slider', { name: /^研发费用@\d+ 滑块$/ })
    .first()
    .focus()
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight')
  await page.locator('.outcome[aria-busy=false]').waitFor()
}

/** A file with a bad cell and a column that is written otherwise. */
async function preview(page) {
  await at(page, '/import')
  const { rows } = await ask(page, `/subjects/${encodeURIComponent(KIND)}?limit=3`)
  const [a, b, c] = rows.map((one) => one.identity)
  const text = `统一社会信用代码,企业名称,研发费用（万元）,未知的列\n${a},示例,120.45,甲\n${b},示例,六七八,乙\n${c},示例,90,丙`
  const chooser = page.waitForEvent('filechooser')
  await choose(page, page.getByRole('combobox', { name: '导入到哪一类主体' }), KIND)
  await page.getByRole('button', { name: /^把文件拖到这里/ }).click()
  await (await chooser).setFiles({ name: '研发费.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByText('有问题的格子').waitFor()
}

/** A firm has reported some figures, and they wait for its town. */
async function checks(page) {
  const firm = await firmOfTown(page.context().browser())
  const { subject_id } = await ask(firm, '/session')
  await tell(firm, `/subjects/${encodeURIComponent(KIND)}/${subject_id}/reports`, {
    source: '2025年度审计报告',
    values: { '研发费用@2025': '8812', '营业收入@2025': '230500', 职工总数: '1586' },
  })
  await firm.context().close()
  await at(page, '/checks')
  await page.getByRole('checkbox').nth(1).check()
  await page.getByRole('checkbox').nth(2).check()
}

async function lineage(page) {
  const { rows } = await ask(page, `${LIST}?limit=3&sort=${encodeURIComponent('-企业科技创新积分')}`)
  await at(
    page,
    `/lineage/${encodeURIComponent(KIND)}/${rows[2].identity}?column=${encodeURIComponent('研发费用@2025')}`,
  )
  await page.getByText('发放积分').waitFor()
}

async function mistake(page) {
  await at(page, '/rules')
  await page.getByRole('link', { name: '企业科技创新积分', exact: false }).first().click()
  await page.getByRole('link', { name: '改成新稿' }).click()
  await page.locator('.editor .cm-content').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n\n## 指标 试写\n- 式: 研发费 / 2\n')
  await page.getByText('没有叫“研发费”的').waitFor()
}

async function paid(page) {
  await at(page, '/ledger?state=paid')
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { name: /^支付/ }).waitFor()
}
