/** A rule author edits a document, sees an error, mends it, keeps the draft; two others bring it into force. */
import { BASE, confirm, dialog, person, picture, signIn, sound } from './browser.mjs'

export const name = 'author'

export async function journey(browser) {
  const author = await person(browser)
  await signIn(author, '规则编制')
  await author.goto(`${BASE}/rules`)
  await author.getByRole('link', { name: '企业科技创新积分', exact: false }).first().click()
  await author.getByRole('heading', { level: 1 }).waitFor()
  await sound(author, 'reader')
  await picture(author, 'author-1-reader')

  await author.getByRole('link', { name: '改成新稿' }).click()
  const text = author.locator('.editor .cm-content')
  await text.click()
  await author.keyboard.press('Control+End')
  await author.keyboard.type('\n\n## 指标 试写\n- 式: 研发费 / 2\n')
  await author.getByText('个错误').waitFor()
  await author.getByText('没有叫“研发费”的').waitFor()
  if (await author.getByRole('button', { name: '存为草稿' }).isEnabled())
    throw new Error('a faulty draft could be kept')
  await sound(author, 'error')
  await picture(author, 'author-2-error')
  await text.click()
  await author.keyboard.press('Control+End')

  for (let i = 0; i < '费 / 2\n'.length; i++) await author.keyboard.press('Backspace')
  await author.keyboard.type('费用 / 2\n')
  await author.getByText('没有错误').waitFor()
  await author.getByRole('tab', { name: '与另一版比' }).click()
  await author.getByText('+ ## 指标 试写').waitFor()
  await picture(author, 'author-3-mended')
  await author.getByRole('tab', { name: '影响' }).click()
  await author.getByRole('button', { name: '试算影响' }).click()
  await author.getByText(/^与 .* 相比，用测算 \d+ 号的数据/).waitFor({ timeout: 60_000 })
  await sound(author, 'impact')
  await picture(author, 'author-4-impact')
  await author.getByRole('button', { name: '存为草稿' }).click()
  await author.waitForURL(/\/rules\/\d+$/)
  const draft = author.url()

  for (const [who, what, state] of [
    ['复核', '复核', '已复核'],
    ['局领导', '发布', '已发布'],
  ]) {
    const page = await person(browser)
    await signIn(page, who)
    await page.goto(draft)
    await page.getByRole('button', { name: what, exact: true }).click()
    await dialog(page).getByLabel('说明').fill('逐条核对过')
    await dialog(page).getByRole('button', { name: what, exact: true }).click()
    await confirm(page)
    await page.getByText(state, { exact: true }).first().waitFor()
  }
}
