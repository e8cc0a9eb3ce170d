/** A town office checks what its firms reported, and sees nobody else's. */
import { ask, BASE, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'town'

const KIND = encodeURIComponent('科技型企业')

export async function journey(browser) {
  const officer = await person(browser)
  await signIn(officer, '经办')
  const { rows } = await ask(officer, `/subjects/${KIND}?limit=200`)
  const elsewhere = rows.find((one) => one.cells.所在区镇 !== '320582100')

  const page = await person(browser)
  await signIn(page, '杨舍镇')
  await page.getByRole('heading', { name: '等我办的' }).waitFor()
  await sound(page, 'desk')
  await page.goto(`${BASE}/subjects/${KIND}?sort=-企业科技创新积分`)
  await page.getByText(/^共 \d+ 个/).waitFor()
  await settled(page)
  const places = await page.locator('tbody tr:not([aria-hidden]) td:nth-child(3)').allTextContents()
  if (places.length === 0 || places.some((one) => one !== places[0]))
    throw new Error(`a town sees others: ${places}`)
  await sound(page, 'list')
  await page
    .getByRole('link', { name: /示例\d+/ })
    .first()
    .click()
  await page.getByRole('tab', { name: '数据' }).click()
  await page.getByTitle('研发费用@2025 的来历', { exact: true }).click()
  await page.getByLabel('依据，如 看过合同和发票').first().fill('看过研发费用辅助账')
  await page.getByRole('button', { name: '核实', exact: true }).first().click()
  await page.getByText('已核实').first().waitFor()
  await page.getByText('看过研发费用辅助账').waitFor()
  await sound(page, 'verified')
  await picture(page, 'town-1-verified')

  await page.goto(`${BASE}/subjects/${KIND}/${elsewhere.identity}`)
  await page.getByText('没有，或不归您看').waitFor()
  await picture(page, 'town-2-not-ours')
}
