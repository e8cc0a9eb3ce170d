/** An enterprise reads on a phone what it is entitled to, why, and what is missing for the next policy. */
import { BASE, LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'policies'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    await signIn(page, '企业')
    await page.goto(`${BASE}/entitlements`)
    await page.getByRole('heading', { name: /^现在就能享受/ }).waitFor()
    await sound(page, `${look.name}: entitlements`)
    await picture(page, `policies-1-${look.name}`)
    await page.getByRole('button', { name: '为什么' }).first().click()
    await page.getByText(/^为什么：/).waitFor()
    await page.locator('.why-list').first().waitFor()
    await picture(page, `policies-2-why-${look.name}`)
    await page.goto(`${BASE}/policies`)
    await page.getByText(/^\d+ 项$/).waitFor()
    await sound(page, `${look.name}: catalogue`)
    await page.goto(`${BASE}/policies/calculate?kind=${encodeURIComponent('科技型企业')}`)
    await page.getByRole('button', { name: '算一算' }).waitFor()
    await sound(page, `${look.name}: calculator`)
    await page.context().close()
  }
}
