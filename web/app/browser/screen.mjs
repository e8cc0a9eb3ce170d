/**
 * A screen on a wall, without anybody signed in: a leader makes a token that opens the cockpit's figures and nothing else,
 * the screen shows and turns its pages by it, and goes dark when the token is taken back.
 */
import { BASE, confirm, dialog, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'screen'

const TITLE = `大厅大屏 ${Date.now() % 1_000_000}`
const CLOSED = [
  '/subjects/%E7%A7%91%E6%8A%80%E5%9E%8B%E4%BC%81%E4%B8%9A',
  '/cockpit/holders',
  '/ledger/open',
  '/runs',
]

export async function journey(browser) {
  const leader = await person(browser)
  await signIn(leader, '局领导')
  const token = await made(leader)

  const wall = await person(browser, { name: 'wall', width: 1920, height: 1080, mode: 'dark' })
  await wall.clock.install()
  await wall.goto(`${BASE}/screen?rotate=20#token=${token}`)
  await wall.getByRole('heading', { name: '科技型企业' }).waitFor()
  if (wall.url().includes(token)) throw new Error('the token stands in the address')
  for (const path of CLOSED) {
    const status = await wall.evaluate(
      async ([at, key]) => (await fetch(at, { headers: { authorization: `Bearer ${key}` } })).status,
      [`/api/v1${path}`, token],
    )
    if (status !== 403) throw new Error(`${path} answers ${status} to a screen`)
  }
  const seen = []
  for (let page = 1; page <= 6; page++) {
    await wall
      .locator(`.wall-head [aria-current=true]`)
      .filter({ hasText: String(page) })
      .waitFor()
    await settled(wall)
    if (await wall.locator('main .ant-alert-error').count()) throw new Error(`page ${page} was refused`)
    seen.push(...(await wall.locator('h2').allTextContents()))
    await sound(wall, `page ${page}`, { still: true })
    await picture(wall, `screen-${page}`)
    await wall.clock.fastForward(20_000)
  }
  if (!seen.includes('积分和资金')) throw new Error(`no money on the wall: ${seen}`)

  await leader.locator('tr', { hasText: TITLE }).getByRole('button', { name: '作废' }).click()
  await leader.locator('.ant-popover:visible .ant-btn-primary').click()
  await confirm(leader)
  await leader.locator('tr', { hasText: TITLE }).getByText('已作废').waitFor()
  for (let passed = 0; passed < 6 && !(await dark(wall).count()); passed++) {
    await wall.clock.fastForward(121_000) // when it reads again by itself
    await wall.waitForTimeout(700)
  }
  await dark(wall).waitFor()
  await picture(wall, 'screen-7-revoked')
}

const dark = (wall) => wall.getByText('大屏要一个令牌')

/** The secret of a new token of scope screen, shown once. */
async function made(page) {
  await page.goto(`${BASE}/mine`)
  await settled(page)
  await page.getByRole('button', { name: '生成令牌' }).click()
  await dialog(page).getByLabel('用途').fill(TITLE)
  await dialog(page).getByRole('checkbox', { name: 'read' }).uncheck()
  await dialog(page).getByRole('checkbox', { name: 'screen' }).check()
  await dialog(page).locator('.ant-modal-footer .ant-btn-primary').click()
  await confirm(page)
  const secret = page.locator('.ant-alert code')
  await secret.waitFor()
  return (await secret.textContent()).trim()
}
