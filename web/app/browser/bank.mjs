/** A bank sees an enterprise once that consents, only what it consents to, and no longer than it does. */
import { BASE, confirm, dialog, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'bank'

export async function journey(browser) {
  const bank = await person(browser)
  await signIn(bank, '银行')
  const firm = await person(browser)
  await signIn(firm, '企业二')
  await firm.getByRole('link', { name: /打开档案/ }).click()
  await firm.waitForURL(/\/subjects\/[^/]+\/\w+/)
  const file = new URL(firm.url()).pathname
  await bank.goto(BASE + file)
  await bank.getByText('没有，或不归您看').waitFor()
  await sound(bank, 'without consent')
  await picture(bank, 'bank-1-without')

  await firm.goto(`${BASE}/mine`)
  await firm.getByRole('button', { name: '授权查看' }).click()
  const box = dialog(firm)
  await box.getByLabel('机构').fill('示例银行张家港支行')
  await box.getByLabel('用途').fill('设备更新贷')
  await box.getByLabel('让它看哪些字段').fill('营业收入\n企业科技创新积分')
  await sound(firm, 'consent form')
  await box.getByRole('button', { name: '授权查看' }).click()
  await confirm(firm)
  await firm.getByText('设备更新贷').waitFor()
  await sound(firm, 'consents')
  await picture(firm, 'bank-2-consent')

  await bank.goto(`${BASE}/mine`)
  await bank.getByText('设备更新贷').first().waitFor()
  await sound(bank, 'granted')
  // Of the kinds only the one that somebody consents for, and its list shows what all of them let be seen.
  const seen = bank.locator('.menu a[href^="/subjects/"]')
  if ((await seen.count()) !== 1) throw new Error(`${await seen.count()} kinds in the menu of a bank`)
  await seen.click()
  await bank.getByRole('link', { name: file.split('/').at(-1) }).waitFor()
  await sound(bank, 'list of those who consent')
  await bank.goBack()
  await bank.getByRole('link', { name: file.split('/').at(-1) }).click()
  await bank.getByRole('tab', { name: '数据' }).click()
  await bank.getByText('营业收入').first().waitFor()
  if ((await bank.getByText('研发费用').count()) > 0)
    throw new Error('the bank sees more than was consented to')
  await settled(bank)
  await sound(bank, 'what was consented to')
  await picture(bank, 'bank-3-consented')

  const row = firm.locator('tr', { hasText: '设备更新贷' })
  await row.getByRole('button', { name: '撤回' }).click()
  await firm
    .locator('.ant-popover:visible')
    .getByRole('button', { name: /^确\s*定$/ })
    .click()
  await confirm(firm)
  await firm
    .getByText(/\d 撤回/)
    .first()
    .waitFor()
  await bank.reload()
  await bank.getByText('没有，或不归您看').waitFor()
}
