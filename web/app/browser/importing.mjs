/** An officer imports facts with some bad cells and computes a run of them, without touching the mouse. */
import { ask, BASE, dialog, noMouse, person, picture, signIn, sound, tabTo } from './browser.mjs'

export const name = 'importing'

const KIND = '科技型企业'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '经办')
  await page.goto(`${BASE}/import`)
  const { rows } = await ask(page, `/subjects/${encodeURIComponent(KIND)}?limit=3`)
  const ids = rows.map((one) => one.identity)
  const file = Buffer.from(
    [
      '统一社会信用代码,研发经费,未知的列',
      `${ids[0]},${Date.now() % 100_000}.45,甲`,
      `${ids[1]},六七八,乙`,
      `${ids[2]},90,丙`,
    ].join('\n'),
  )
  const chooser = page.waitForEvent('filechooser', { timeout: 120_000 })
  await noMouse(page)

  await tabTo(page, page.getByRole('combobox', { name: '导入到哪一类主体' }))
  await page.keyboard.press('Enter')
  await page.locator('.ant-select-item-option').first().waitFor()
  while ((await page.locator('.ant-select-item-option-active').textContent()) !== KIND)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await sound(page, 'upload')
  await picture(page, 'importing-1-upload')
  await tabTo(page, page.getByRole('button', { name: /^把文件拖到这里/ }))
  await page.keyboard.press('Enter')
  await (await chooser).setFiles({ name: '研发费.csv', mimeType: 'text/csv', buffer: file })

  await page.getByText('有问题的格子').waitFor()
  await page.getByText('未知的列').first().waitFor()
  await sound(page, 'preview')
  await picture(page, 'importing-2-preview')
  await tabTo(page, page.getByRole('spinbutton', { name: '年度' }))
  await page.keyboard.press('Control+A')
  await page.keyboard.type('2025')
  const field = page
    .getByRole('combobox', { name: '列对到字段 B' })
    .or(page.getByRole('combobox', { name: '字段 B' }))
  await tabTo(page, field)
  await page.keyboard.press('Enter')
  await page.keyboard.type('研发费用')
  await page.keyboard.press('Enter')
  const good = page.getByRole('button', { name: '只收能收的 2 行' })
  await good.waitFor()
  await page.getByText('六七八').first().waitFor()
  await tabTo(page, good)
  await page.keyboard.press('Enter')
  await page.getByText(/^收下 2 行/).waitFor({ timeout: 120_000 })
  await sound(page, 'taken')
  await picture(page, 'importing-3-taken')

  await page.goto(`${BASE}/runs`)
  await noMouse(page)
  await tabTo(page, page.getByRole('button', { name: '起草测算' }))
  await page.keyboard.press('Enter')
  await tabTo(page, dialog(page).getByRole('combobox').first())
  await page.keyboard.type('企业科技创新积分')
  await page.keyboard.press('Enter')
  await tabTo(page, dialog(page).getByRole('button', { name: '起草测算' }))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/runs\/\d+/)
  await noMouse(page)
  await tabTo(page, page.getByRole('button', { name: '测算', exact: true }))
  await page.keyboard.press('Enter')
  await page.getByText('算好了').waitFor({ timeout: 120_000 })
  await sound(page, 'computed')
  await picture(page, 'importing-4-computed')
}
