/** An officer signs in, lists firms, narrows the list, opens one, and sees its score and the reason. */
import { LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'officer'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    const phone = look.width < 768
    await signIn(page, '经办')
    await page.getByRole('heading', { name: '经办，您好' }).waitFor()
    await sound(page, `${look.name}: desk`)
    await picture(page, `officer-1-desk-${look.name}`)

    if (!phone) {
      await page.keyboard.press('/')
      await page.keyboard.type('shili00012')
      await page.locator('.hit', { hasText: '示例00012' }).waitFor()
      await picture(page, `officer-1-pinyin-${look.name}`)
      await page.keyboard.press('Escape')
    }
    if (phone) await page.getByRole('button', { name: '菜单' }).click()
    await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '科技型企业' }).click()
    await page.getByRole('heading', { name: '科技型企业' }).waitFor()
    await page.getByText(/^共 [\d,]+ 个/).waitFor()
    await sound(page, `${look.name}: list`)
    await picture(page, `officer-2-list-${look.name}`)

    const before = await page.getByText(/^共 [\d,]+ 个/).textContent()
    await page.getByRole('searchbox', { name: '名称或代码' }).fill('示例00012')
    await page.getByRole('searchbox', { name: '名称或代码' }).press('Enter')
    await page.getByText('共 1 个').waitFor()
    if (before.startsWith('共 1 个')) throw new Error('the list was not narrowed')
    await page.reload()
    await page.getByText('共 1 个').waitFor()

    await page.getByRole('link', { name: /示例00012/ }).click()
    await page.getByRole('heading', { level: 1, name: /示例00012/ }).waitFor()
    await page.getByText('企业科技创新积分').first().waitFor()
    await sound(page, `${look.name}: subject`)
    await picture(page, `officer-3-subject-${look.name}`)

    await page.goBack()
    await page.getByText('共 1 个').waitFor()
    await page.context().close()
  }
}
