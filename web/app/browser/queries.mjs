/**
 * An officer puts a question together with groups of conditions and their opposite, sees how many it finds, opens the list, keeps
 * it, renames it and shows it to the team; a program finds as many by what was kept.
 */
import { ask, BASE, choose, dialog, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'queries'

const KIND = '科技型企业'
const TITLE = `装备或新能源的 ${Date.now() % 1_000_000}`
const WHERE =
  '「研发费用」@2025 ≥ 100万元 且 (「主产业链」 在 ("智能装备"; "新能源") 或 开头(「企业名称」, "苏州")) 且 非 (缺(「成立日期」))'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '经办')
  await page.goto(`${BASE}/queries`)
  await choose(page, page.getByRole('combobox', { name: '查哪一类' }), KIND)
  await page.getByText('没有条件，就是全部').waitFor()
  await test(page.locator('.query-group').first(), page, {
    field: '研发费用',
    year: '2025',
    op: '不少于',
    value: '100',
  })
  const any = await group(page, 1)
  await test(any, page, { field: '主产业链', op: '是其中之一', options: ['智能装备', '新能源'] })
  await test(any, page, { field: '企业名称', op: '开头是', value: '苏州' })
  const not = await group(page, 2)
  await not.getByRole('checkbox', { name: '取反' }).check()
  await test(not, page, { field: '成立日期', op: '未填' })
  await page.locator('.query-text').filter({ hasText: WHERE }).waitFor()
  await settled(page)
  const found = await count(page)
  const { total } = await ask(
    page,
    `/subjects/${encodeURIComponent(KIND)}?limit=1&where=${encodeURIComponent(WHERE)}`,
  )
  if (found !== total || total === 0) throw new Error(`the page finds ${found}, the server ${total}`)
  await choose(page, page.getByRole('combobox', { name: '看哪个数的分布' }), '营业收入')
  await page.getByText('中位数').waitFor()
  await settled(page)
  await sound(page, 'built')
  await picture(page, 'queries-1-built')
  await page.reload()
  await settled(page)
  if ((await count(page)) !== total) throw new Error('the address did not bring back the question')

  await page.getByRole('textbox', { name: '存成什么名字' }).fill(TITLE)
  await page.getByRole('button', { name: '存下来' }).click()
  await page.getByText('存好了').waitFor()
  await page.getByRole('link', { name: '打开名单' }).click()
  await page.getByText(`共 ${total.toLocaleString('en')} 个`).waitFor()

  await page.goto(`${BASE}/queries?tab=kept`)
  const row = (title) => page.locator('tbody tr', { hasText: title })
  await row(TITLE)
    .getByText(String(total.toLocaleString('en')), { exact: true })
    .waitFor()
  const named = `${TITLE} 改`
  await page.getByRole('button', { name: `改名 ${TITLE}` }).click()
  await dialog(page).getByLabel('名称').fill(named)
  await dialog(page).locator('.ant-modal-footer .ant-btn-primary').click()
  await row(named).getByRole('button', { name: '给同事看' }).click()
  await row(named).getByRole('button', { name: '收回' }).waitFor()
  await settled(page)
  await sound(page, 'kept')
  await picture(page, 'queries-2-kept')

  const { views } = await ask(page, '/views')
  const kept = views.find((one) => one.title === named)
  const asked = await ask(page, `/views/${kept.view}/subjects?limit=1`)
  if (asked.total !== total) throw new Error(`by what was kept ${asked.total}, not ${total}`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^输入页面/ }).fill(named)
  await page.getByRole('option', { name: named }).getByText('存下的查询').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText(`共 ${total.toLocaleString('en')} 个`).waitFor()
  await page.goto(`${BASE}/queries?tab=kept`)
  await page.getByRole('button', { name: `删除 ${named}` }).click()
  await page.locator('.ant-popover:visible .ant-btn-primary').click()
  await row(named).waitFor({ state: 'detached' })
}

const count = async (page) =>
  Number((await page.locator('.query-count .num').first().textContent()).replaceAll(',', ''))

/** A group within the first; the one that was added. */
async function group(page, nth) {
  await page
    .locator('.query-group')
    .first()
    .locator(':scope > div')
    .last()
    .getByRole('button', { name: '加一组' })
    .click()
  const box = page.locator('.query-group').nth(nth)
  await box.waitFor()
  return box
}

/** One more condition at the end of a group. */
async function test(box, page, { field, year, op, value, options = [] }) {
  await box.getByRole('button', { name: '加条件' }).last().click()
  const row = box.locator('.query-test').last()
  await row.getByRole('combobox', { name: '字段' }).fill(field)
  await page.locator(`.ant-select-dropdown:visible .ant-select-item-option[title="${field}"]`).first().click()
  if (year) {
    await row.getByRole('spinbutton', { name: '哪一年' }).fill(year)
    await page.keyboard.press('Tab')
  }
  await choose(page, row.getByRole('combobox', { name: '比较' }), op)
  for (const option of options) {
    await row.getByRole('combobox', { name: '值' }).click()
    await page
      .locator(`.ant-select-dropdown:visible .ant-select-item-option[title="${option}"]`)
      .first()
      .click()
  }
  if (value) {
    await row.getByRole('textbox', { name: '值' }).fill(value)
    await page.keyboard.press('Enter')
  }
}
