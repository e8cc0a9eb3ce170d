/**
 * Every screen in each look, and each further tab of it in two: nothing that axe objects to, nothing
 * beyond the edge, no error. The routes are the router's own: one that is new and nobody here may see fails until it is told who.
 */
import { LOOKS, picture, settled, sound } from './browser.mjs'
import { eachTab, everywhere } from './places.mjs'

export const name = 'routes'

export async function journey(browser) {
  const found = []
  await everywhere(browser, (page, path, url) => walk(page, path, url, found))
  if (found.length > 0) throw new Error(found.join('\n    '))
}

/** One screen, and each tab of it; what is wrong with it is added to `found`. */
async function walk(page, path, url, found) {
  await page.goto(url)
  page.looks = LOOKS
  await eachTab(page, path, async (label) => {
    await seen(page)
      .then(() => sound(page, label))
      .catch((error) => found.push(`${label}: ${error.message}`))
    page.looks = [LOOKS[0], LOOKS[3]]
  })
  await picture(page, `routes${path.replaceAll('/', '-').replaceAll('$', '')}`)
}

/** It is what was asked for: no refusal, nothing missing, nothing that fell down. */
async function seen(page) {
  await settled(page)
  for (const said of ['您的角色不能看这里', '没有，或不归您看', '没有这一页', '这一页出错了'])
    if (await page.getByText(said).count()) throw new Error(said)
  if (await page.locator('.ant-alert-error').count())
    throw new Error(await page.locator('.ant-alert-error').first().textContent())
}
