/** Somebody without an account reads on a phone what is published. */
import { BASE, LOOKS, person, picture, settled, sound } from './browser.mjs'

export const name = 'stranger'

export async function journey(browser) {
  for (const look of LOOKS.slice(2)) {
    const page = await person(browser, look)
    await page.goto(`${BASE}/public`)
    await page.getByRole('heading', { name: '公示的测算' }).waitFor()
    await settled(page)
    await sound(page, 'notices')
    await picture(page, `stranger-1-notices-${look.name}`)
    await page
      .getByRole('link', { name: /^看名单/ })
      .first()
      .click()
    await page.getByText(/^\d+ 个$/).waitFor()
    await sound(page, 'results')
    await picture(page, `stranger-2-results-${look.name}`)
    await page.getByRole('link', { name: '惠企政策' }).click()
    await page.getByRole('heading', { level: 1, name: '惠企政策' }).waitFor()
    await settled(page)
    await sound(page, 'policies')
    await picture(page, `stranger-3-policies-${look.name}`)
    await page.getByRole('link', { name: '榜单与公示' }).click()
    await page.getByRole('heading', { level: 1, name: '榜单与公示' }).waitFor()
    await settled(page)
    await sound(page, 'board')
    await picture(page, `stranger-4-board-${look.name}`)
    await page.goto(`${BASE}/subjects/${encodeURIComponent('科技型企业')}`)
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
    await page.context().close()
  }
}
