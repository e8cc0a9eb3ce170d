/** Any number opens to its reason: from a score to the row, the fact, and who reported it; then what if. */
import { LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'reasons'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    await signIn(page, '经办')
    await page.goto(new URL('/subjects/科技型企业?sort=-企业科技创新积分', page.url()).href)
    await opensFromList(page)
    await page
      .getByRole('link', { name: /有限公司（示例\d+）/ })
      .nth(45) // the best have little to improve
      .click()
    await opensFromCharts(page)
    await page.locator('.results li', { hasText: '企业科技创新积分' }).first().getByRole('link').click()
    await page.getByRole('tab', { name: '为什么' }).waitFor()
    await page.locator('.why-aside').getByText('再进一步').waitFor()
    await sound(page, `${look.name}: why`)
    await picture(page, `reasons-1-why-${look.name}`)

    await page.getByRole('button', { name: '全部展开' }).click()
    // At the items themselves: where each stands among all of the run, and what would change it.
    await page.locator('.why-node .why-node .standing').first().waitFor()
    await page.locator('.why-node .why-node .why-change').first().waitFor()
    await page.getByRole('button', { name: '看来历' }).first().click()
    await page.getByText('现行').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.why-facts tr', { hasText: '研发费用' }).first().getByRole('button').click()
    await page
      .locator('.ant-drawer .standing')
      .getByText(/^高于 \d+% 的同类（\d+ 家有数）$/)
      .waitFor()
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
    await inEnglish(page)
    await page.context().close()
  }
}

/** A score in the list opens to its reason. */
async function opensFromList(page) {
  const score = page.getByTitle(/^为什么是 [\d.]+$/).first()
  await score.click()
  await page.waitForURL(/\/explain\/\d+\/.*item=/)
  await page.locator('.why-asked').waitFor()
  await page.goBack()
  await score.waitFor()
}

/** So do a bar of the waterfall, its row in the table, and a spoke of the radar. */
async function opensFromCharts(page) {
  const bars = page.getByRole('img', { name: /共 [\d.]+：/ }).first()
  await bars.locator('canvas').waitFor()
  await press(bars, { x: 100, y: 20 }, () => /\/explain\/\d+\/.*item=/.test(page.url()))
  await page.locator('.why-asked').waitFor()
  await page.goBack()
  const radar = page.getByRole('img', { name: /各项数据高于多少同类/ })
  await radar.locator('canvas').waitFor()
  const { width, height } = await radar.boundingBox()
  const reach = ((Math.min(width, height) / 2) * (page.look.width < 768 ? 46 : 58)) / 100
  const standing = page.locator('.ant-drawer .standing')
  await press(radar, { x: width / 2, y: height / 2 - reach - 22 }, () => standing.isVisible())
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '看数据表' }).first().click()
  await page
    .getByRole('table')
    .getByTitle(/^为什么是 [\d.]+$/)
    .first()
    .waitFor()
}

/** A canvas that is there need not be drawn yet: presses until something comes of it. */
async function press(chart, position, done) {
  for (let i = 0; i < 20; i++) {
    await chart.click({ position })
    for (let k = 0; k < 10; k++) {
      if (await done()) return
      await chart.page().waitForTimeout(50)
    }
  }
  throw new Error(`nothing came of pressing the chart at ${position.x}, ${position.y}`)
}

/** Whoever reads English gets the reasons in it. */
async function inEnglish(page) {
  await page.context().addInitScript(() => localStorage.setItem('geci.prefs', '{"lang":"en"}'))
  await page.goto(page.url().replace('tab=whatif', 'tab=why'))
  await page.getByRole('button', { name: 'Open all' }).click()
  await page
    .locator('.why-how', { hasText: /points|decimals/ })
    .first()
    .waitFor()
}
