/** An officer tries a settlement of a year's points under a budget, and compares scenarios. Nothing is written. */
import { BASE, choose, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'settlement'

const BUDGET = 800_000

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '经办')
  await page.goto(`${BASE}/ledger?tab=simulate`)
  await choose(page, page.getByRole('combobox', { name: '测算' }), '2024年度企业科技创新积分')
  await choose(page, page.getByRole('combobox', { name: '哪一项得分' }), '企业科技创新积分')
  await page.getByLabel('方案 1 每分多少元').fill('100')
  await page.getByRole('button', { name: '再加一个方案' }).click()
  await page.getByLabel('方案 2 不到多少分不兑').fill('20')
  await page.getByLabel('方案 2 每家最高，元').fill('20000')
  await page.getByLabel('方案 2 预算，元').fill(String(BUDGET))
  await page.getByRole('button', { name: '试算', exact: true }).click()
  await page.getByRole('heading', { name: '各方案比较' }).waitFor()
  await settled(page)
  const line = (what) => page.locator('tr', { has: page.getByRole('rowheader', { name: what, exact: true }) })
  const paid = (await line('实付').locator('td').allTextContents()).map((one) =>
    Number(one.replace(/[^\d.]/g, '')),
  )
  if (!(paid[1] <= BUDGET && paid[0] > BUDGET)) throw new Error(`paid ${paid} of a budget of ${BUDGET}`)
  await sound(page, 'compared')
  await picture(page, 'settlement-1-compared')
  await page.getByRole('heading', { name: '各区镇' }).scrollIntoViewIfNeeded()
  await picture(page, 'settlement-2-towns')
  await page.reload()
  await line('实付').waitFor()
  if (Number((await line('实付').locator('td').nth(1).textContent()).replace(/[^\d.]/g, '')) !== paid[1])
    throw new Error('the address did not bring back the scenarios')
}
