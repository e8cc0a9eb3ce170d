/** An auditor traces a payment down to its receipt and verifies the ledger and the chain. */
import { BASE, person, picture, signIn, sound } from './browser.mjs'

export const name = 'auditor'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '审计')
  await page.goto(`${BASE}/ledger?state=paid`)
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { name: /^支付/ }).waitFor()
  await page.getByText('银行回单').first().waitFor()
  await page.getByText('凭证：哪次测算给的分').waitFor()
  await sound(page, 'payment')
  await picture(page, 'auditor-1-payment')
  await page
    .getByRole('link', { name: /依据哪一条$/ })
    .first()
    .click()
  await page.getByRole('button', { name: '全部展开' }).click()
  await page
    .getByText(/^规则第 \d+ 行$/)
    .first()
    .waitFor()
  await sound(page, 'clause')
  await picture(page, 'auditor-2-clause')

  await page.goto(`${BASE}/ledger?tab=check`)
  await page.getByRole('button', { name: '核对全部账目' }).click()
  await page.getByText(/相符：\d+ 笔业务/).waitFor({ timeout: 60_000 })
  await picture(page, 'auditor-3-ledger')

  await page.goto(`${BASE}/acts`)
  await page.getByRole('columnheader', { name: '做了什么' }).waitFor()
  await sound(page, 'acts')
  await page.getByRole('link', { name: '核对整条链' }).click()
  await page.getByRole('button', { name: '核对整条链' }).click()
  await page.getByText(/全部相符：\d+ 次改动/).waitFor({ timeout: 120_000 })
  await sound(page, 'chain')
  await picture(page, 'auditor-4-chain')
}
