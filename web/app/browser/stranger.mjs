/** Somebody without an account reads on a phone what is published. */
import { BASE, choose, LOOKS, person, picture, settled, sound } from './browser.mjs'

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
    await narrowed(page, look)
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

/** By locality and grade; the address keeps both. */
async function narrowed(page, look) {
  await page.goto(`${BASE}/public`)
  await page
    .locator('.panel', { hasText: '科技型企业创新格次' })
    .first()
    .getByRole('link', { name: /^看名单/ })
    .click()
  const found = async () => Number((await page.getByText(/^[\d,]+ 个$/).textContent()).replace(/\D/g, ''))
  const all = await found()
  await choose(page, page.getByRole('combobox', { name: '属地' }), '杨舍镇')
  await page.waitForURL(/at=.*320582100/)
  await page.waitForFunction(
    (n) =>
      document.querySelector('.public-results') &&
      ![...document.querySelectorAll('p')].some((p) => p.textContent === `${n} 个`),
    all,
  )
  const here = await found()
  if (!(here > 0 && here < all)) throw new Error(`${here} of ${all} in one locality`)
  const places = await page.locator('.public-results li .quiet').allTextContents()
  if (places.some((one) => !one.endsWith('杨舍镇'))) throw new Error(`not in the locality: ${places}`)
  const grades = page.getByRole('combobox', { name: '格次' })
  if (await grades.isVisible()) {
    await choose(page, grades, 'D')
    await page.waitForURL(/grade=D/)
  }
  await page.reload()
  await page.locator('.public-results .grade, .public-results li, .say').first().waitFor()
  await sound(page, 'narrowed')
  await picture(page, `stranger-2-narrowed-${look.name}`)
}
