/** An officer picks firms over pages, sorts and a phone, does the same for all, and puts some side by side. */
import { ask, choose, dialog, LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'many'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    const phone = look.width < 768
    await signIn(page, '经办')
    await page.goto(new URL('/subjects/科技型企业?sort=-企业科技创新积分', page.url()).href)
    const boxes = phone
      ? page.locator('.card-pick input')
      : page.locator('.ant-table-row .ant-checkbox-input')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByRole('button', { name: '下一页' }).click()
    await page.getByText('选中 2 个').waitFor()
    await page.waitForURL(/cursor=/)
    await page.locator('.stale').waitFor({ state: 'hidden' })
    await boxes.nth(3).check()
    await page.getByText('选中 3 个').waitFor()
    if (!phone) {
      await page.getByRole('columnheader', { name: '企业名称' }).click()
      await page.waitForURL(/sort=企业名称|sort=%E4/)
      await page.getByText('选中 3 个').waitFor()
    }
    await sound(page, `${look.name}: picked`)
    await picture(page, `many-1-picked-${look.name}`)

    const known = (await ask(page, '/cases?type=企业走访&limit=200')).cases.length
    await page.getByRole('button', { name: '批量办理' }).click()
    const box = dialog(page)
    await choose(page, box.getByRole('combobox', { name: /事项/ }), '企业走访')
    await box.getByLabel('名称（可不填）').fill('示例：上门问需求')
    await sound(page, `${look.name}: to be done`)
    await box.getByRole('button', { name: '办理 3 个' }).click()
    await box
      .getByRole('link', { name: /^办件 \d+$/ })
      .nth(2)
      .waitFor()
    await sound(page, `${look.name}: done`)
    await picture(page, `many-2-opened-${look.name}`)
    const cases = (await ask(page, '/cases?type=企业走访&limit=200')).cases.length
    if (cases !== known + 3) throw new Error(`${cases - known} cases of 3`)
    await box.getByRole('button', { name: '关闭', exact: true }).last().click()

    // A value that is none is refused, each by itself, and told; mended, it is taken.
    await page.getByRole('button', { name: '批量办理' }).click()
    await dialog(page).getByText('填报同一项').click()
    await dialog(page).getByRole('combobox', { name: /字段/ }).fill('职工总数')
    await page.keyboard.press('Enter')
    await dialog(page).getByLabel('都填成').fill('许多')
    await dialog(page).getByLabel('来源').fill('示例：电话核对')
    await dialog(page).getByRole('button', { name: '办理 3 个' }).click()
    await dialog(page).locator('.many-bad').nth(2).waitFor()
    if (page.errors.splice(0).filter((one) => one.includes('status of 422')).length !== 3)
      throw new Error('each was to be refused')
    await picture(page, `many-3-refused-${look.name}`)
    await dialog(page).getByLabel('都填成').fill('66')
    await dialog(page).getByRole('button', { name: '再办剩下的 3 个' }).click()
    await dialog(page).getByText('已填报').nth(2).waitFor()
    await dialog(page).getByRole('button', { name: '关闭', exact: true }).last().click()

    await page.getByRole('button', { name: '批量办理' }).click()
    await dialog(page).getByText('打印档案').click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog(page).getByRole('button', { name: '办理 3 个' }).click(),
    ])
    if (file.suggestedFilename() !== '档案3份.zip') throw new Error(file.suggestedFilename())
    await dialog(page).getByRole('button', { name: '关闭', exact: true }).last().click()

    await sideBySide(page, look)
    await page.context().close()
  }
}

/** Two to four: one is added by pinyin, one taken away, and the address says which. */
async function sideBySide(page, look) {
  await page.getByRole('button', { name: '对比（2–4 个）' }).click()
  await page.getByRole('heading', { level: 1, name: '科技型企业对比' }).waitFor()
  const heads = page.locator('.matrix thead th')
  await heads.nth(3).waitFor()
  await page.getByLabel('加一个：名称、拼音或代码').click()
  await page.keyboard.type('shili00012')
  await page.locator('.ant-select-item-option', { hasText: '示例00012' }).click()
  await heads.nth(4).waitFor()
  if (await page.getByLabel('加一个：名称、拼音或代码').isVisible()) throw new Error('a fifth could be added')
  await heads.nth(1).getByRole('button', { name: '去掉' }).click()
  await heads.nth(4).waitFor({ state: 'hidden' })
  await page.reload()
  await heads.filter({ hasText: '示例00012' }).waitFor()
  await sound(page, `${look.name}: compare`)
  await picture(page, `many-4-compare-${look.name}`)
  await page
    .getByTitle(/^为什么是 [\d.]+$/)
    .first()
    .click()
  await page.locator('.why-asked').waitFor()
}
