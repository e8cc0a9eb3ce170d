/**
 * A day of a town office: what its firms reported of themselves waits on the desk; some is verified together, one is sent
 * back with the reason; the firm sees that, puts it right, and it comes again; with the last one the desk is clear. Nobody
 * sees another town's.
 */
import { ask, BASE, dialog, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'town'

const KIND = encodeURIComponent('科技型企业')
const TOWN = '320582100'
const SAID = { '研发费用@2025': '812', '营业收入@2025': '9050', '净利润@2025': '-31', 职工总数: '97' }
const WRONG = '营业收入@2025'
const REASON = '与纳税申报表不符，应为 9500 万元'

export async function journey(browser) {
  const firm = await firmOfTown(browser)
  await reported(firm)
  const page = await person(browser)
  await signIn(page, '杨舍镇')
  await waiting(page, 4)
  await sound(page, 'desk')
  await picture(page, 'town-1-desk')
  await checked(page)
  await waiting(page, 1)
  await sentBack(page)
  await waiting(page, 0)
  await corrected(firm)
  await waiting(page, 1)
  await again(page)
  await waiting(page, 0)
  await onlyOurs(browser, page)
}

/** One of the firms with an account that lies in the town, signed in. */
export async function firmOfTown(browser) {
  for (const name of ['企业', '企业二', '企业三']) {
    const page = await person(browser)
    await signIn(page, name)
    const { subject_id } = await ask(page, '/session')
    if ((await ask(page, `/subjects/${KIND}/${subject_id}`)).locality === TOWN) return page
    await page.context().close()
  }
  throw new Error('no firm of this town has an account')
}

/** A firm reports some figures of its own. */
async function reported(page) {
  await page
    .getByRole('link', { name: /打开档案/ })
    .first()
    .click()
  await page.getByRole('button', { name: '填报' }).click()
  const drawer = page.locator('.ant-drawer:visible')
  await drawer.getByLabel('来源').fill('2025年度审计报告')
  for (const [at, [column, value]] of Object.entries(SAID).entries()) {
    if (at > 0) await drawer.getByRole('button', { name: '再填一项' }).click()
    const field = drawer.getByRole('combobox').nth(at)
    await field.click()
    await field.fill(column)
    await page.locator(`.ant-select-dropdown:visible [title="${column}"]`).click()
    await drawer.getByLabel('值', { exact: true }).nth(at).fill(value)
  }
  await drawer.locator('button[type=submit]').click()
  await drawer.waitFor({ state: 'hidden' })
}

/** So many are told of on the desk. */
async function waiting(page, many) {
  await page.goto(`${BASE}/`)
  await page.getByRole('heading', { name: '等我办的' }).waitFor()
  await settled(page)
  const line = page.getByRole('link', { name: /项填报待核实/ })
  if (many === 0) await line.waitFor({ state: 'hidden' })
  else await page.getByRole('link', { name: `${many} 项填报待核实` }).waitFor()
}

const row = (page, column) => page.locator('tbody tr').filter({ hasText: column })

/** Three that are right are verified together, on one ground. */
async function checked(page) {
  await page.getByRole('link', { name: '4 项填报待核实' }).click()
  await page.getByRole('heading', { name: '填报核实' }).waitFor()
  await settled(page)
  await sound(page, 'checks')
  for (const column of Object.keys(SAID).filter((one) => one !== WRONG))
    await row(page, column).getByRole('checkbox').check()
  await picture(page, 'town-2-picked')
  await page.getByRole('button', { name: '核实 3 项' }).click()
  await dialog(page).getByLabel('依据').fill('看过审计报告和研发费用辅助账')
  await sound(page, 'verifying', { still: true })
  await dialog(page).getByRole('button', { name: '核实 3 项' }).click()
  await row(page, '净利润@2025').waitFor({ state: 'hidden' })
  await page.getByText('待核实 1').waitFor()
}

async function sentBack(page) {
  await page.goto(`${BASE}/checks`)
  await page.getByRole('button', { name: new RegExp(`退回 .*${WRONG}`) }).click()
  await dialog(page).getByLabel('退回的理由').fill(REASON)
  await dialog(page).getByRole('button', { name: '退回 1 项' }).click()
  await page.getByText('没有等核实的填报').waitFor()
  await page.getByText('退回待更正 1').click()
  await page.getByText(REASON).waitFor()
  await sound(page, 'sent back')
  await picture(page, 'town-3-sent-back')
}

/** The firm is told why, and puts it right. */
async function corrected(page) {
  await page.goto(`${BASE}/`)
  await page.getByRole('link', { name: '1 项填报被退回，请更正' }).click()
  await page.getByText(REASON).waitFor()
  await sound(page, 'what came back')
  await picture(page, 'town-4-firm')
  await page.getByRole('button', { name: '更正' }).click()
  await dialog(page).getByLabel('应为').fill('9500')
  await dialog(page).locator('.ant-modal-footer .ant-btn-primary').click()
  await page.getByText('没有被退回的').waitFor()
  const { notices } = await ask(page, '/notices')
  if (!notices.some((one) => one.kind === 'fact_returned' && one.text.includes(WRONG)))
    throw new Error('no notice of what was sent back')
}

/** What was put right is looked at where it is from, and verified. */
async function again(page) {
  await page.getByRole('link', { name: '1 项填报待核实' }).click()
  await row(page, '9,500').getByRole('button', { name: WRONG, exact: true }).click()
  const drawer = page.locator('.ant-drawer:visible')
  await drawer.getByText('已退回').waitFor()
  await drawer.getByText(REASON).waitFor()
  await drawer.getByRole('link', { name: /血缘/ }).click()
  await page.getByRole('heading', { name: /的血缘/ }).waitFor()
  await settled(page)
  await sound(page, 'lineage')
  await picture(page, 'town-5-lineage')
  await page.goto(`${BASE}/checks`)
  await page.getByRole('button', { name: new RegExp(`核实 .*${WRONG}`) }).click()
  await dialog(page).getByLabel('依据').fill('与纳税申报表一致')
  await dialog(page).getByRole('button', { name: '核实 1 项' }).click()
  await page.getByText('没有等核实的填报').waitFor()
}

/** Lists of a town have its own firms in them; the file of another is not there. */
async function onlyOurs(browser, page) {
  const officer = await person(browser)
  await signIn(officer, '经办')
  const { rows } = await ask(officer, `/subjects/${KIND}?limit=200`)
  const elsewhere = rows.find((one) => one.cells.所在区镇 !== TOWN)
  await page.goto(`${BASE}/subjects/${KIND}?sort=-企业科技创新积分`)
  await page.getByText(/^共 [\d,]+ 个/).waitFor()
  await settled(page)
  const places = await page.locator('tbody tr:not([aria-hidden]) td:nth-child(3)').allTextContents()
  if (places.length === 0 || places.some((one) => one !== places[0]))
    throw new Error(`a town sees others: ${places}`)
  await sound(page, 'list')
  await page.goto(`${BASE}/subjects/${KIND}/${elsewhere.identity}`)
  await page.getByText('没有，或不归您看').waitFor()
  await picture(page, 'town-6-not-ours')
}
