/** A leader looks at the cockpit, opens a figure, and leaves the big screen to turn its pages by itself. */
import { BASE, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'leader'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '局领导')
  await page.goto(`${BASE}/cockpit`)
  await page.getByRole('heading', { level: 1, name: '驾驶舱' }).waitFor()
  await settled(page)
  await sound(page, 'cockpit')
  await picture(page, 'leader-1-cockpit')
  await page.locator('.cockpit-matrix a').first().click()
  await page.getByText(/^共 [\d,]+ 个/).waitFor()
  await picture(page, 'leader-2-behind-a-figure')

  const wall = await person(browser, { name: 'wall', width: 1920, height: 1080, mode: 'dark' })
  await signIn(wall, '局领导')
  await wall.goto(`${BASE}/screen?rotate=5`)
  const at = async () => Number(await wall.locator('.wall-head [aria-current=true]').textContent())
  for (let seen = await at(), pages = 1; pages <= 5; pages++) {
    await settled(wall)
    await sound(wall, `page ${seen}`)
    await picture(wall, `leader-3-screen-${seen}`)
    const was = String(seen)
    await wall.waitForFunction(
      (old) => document.querySelector('.wall-head [aria-current=true]')?.textContent !== old,
      was,
      { timeout: 60_000 },
    )
    seen = await at()
  }
}
