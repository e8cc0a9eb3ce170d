/** Any number opens to its reason: from a score to the row, the fact, and who reported it; then what if. */
import { LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'reasons'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    await signIn(page, '经办')
    await page.goto(new URL('/subjects/科技型企业?sort=-企业科技创新积分', page.url()).href)
    await page
      .getByRole('link', { name: /有限公司（示例\d+）/ })
      .first()
      .click()
    await page
      .getByRole('link', { name: /^[\d.]+$/ })
      .first()
      .click()
    await page.getByRole('tab', { name: '为什么' }).waitFor()
    await page.getByText('再进一步').waitFor()
    await sound(page, `${look.name}: why`)
    await picture(page, `reasons-1-why-${look.name}`)

    await page.getByRole('button', { name: '全部展开' }).click()
    await page.getByRole('button', { name: '看来历' }).first().click()
    await page.getByText('现行').first().waitFor()
    await sound(page, `${look.name}: where a fact is from`)
    await picture(page, `reasons-2-fact-${look.name}`)
    await page.keyboard.press('Escape')

    // By keyboard alone: the slider answers to arrows, and the address is the scenario.
    await page.getByRole('tab', { name: '推演' }).click()
    const slider = page.getByRole('slider', { name: /^研发费用@\d+ 滑块$/ }).first()
    await slider.focus()
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight')
    await page.waitForURL(/set=/)
    const outcome = page.locator('.outcome')
    await outcome.waitFor()
    await page.waitForLoadState('networkidle')
    const found = await outcome.textContent()
    await sound(page, `${look.name}: what if`)
    await picture(page, `reasons-3-whatif-${look.name}`)
    await page.reload()
    await outcome.waitFor()
    if ((await outcome.textContent()) !== found)
      throw new Error('the address did not bring back the scenario')
    await page.context().close()
  }
}
