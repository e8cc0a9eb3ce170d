/**
 * A question that an officer keeps under a name: shown to the team, locked by the leader for the towns as well, who each see
 * their own rows by it; taken away again.
 */
import { ask, BASE, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'views'

const LIST = `/subjects/${encodeURIComponent('科技型企业')}`
const TITLE = `A 档的 ${Date.now() % 1_000_000}`

export async function journey(browser) {
  const officer = await opened(browser, '经办', '?where=%E5%88%9B%E6%96%B0%E6%A0%BC%E6%AC%A1%3DA')
  const found = await officer.getByText(/^共 [\d,]+ 个/).textContent()
  await officer.getByRole('textbox', { name: '名称', exact: true }).fill(TITLE)
  await officer.getByRole('button', { name: '保存当前查询' }).click()
  await toggle(officer, '给同事看').click()
  await officer.getByRole('button', { name: new RegExp(`^给同事看.*${TITLE}`), pressed: true }).waitFor()
  await sound(officer, 'kept', { still: true })
  await picture(officer, 'views-1-kept')

  const town = await opened(browser, '杨舍镇')
  if (await town.getByText(TITLE).count()) throw new Error('a town sees what is the bureau’s')

  const leader = await opened(browser, '局领导')
  await leader.getByRole('button', { name: `${TITLE}（经办的）` }).waitFor()
  await toggle(leader, '锁定').click()
  await leader.getByRole('button', { name: new RegExp(`^锁定.*${TITLE}`), pressed: true }).waitFor()
  await picture(leader, 'views-2-locked')

  await town.reload()
  await town.getByRole('button', { name: '视图' }).click()
  await town.getByRole('button', { name: `${TITLE}（经办的）` }).click()
  await town.waitForURL(/where=/)
  await settled(town)
  if ((await town.getByText(/^共 [\d,]+ 个/).textContent()) === found) throw new Error('a town sees others')

  await officer.reload()
  await officer.getByRole('button', { name: '视图' }).click()
  await officer.getByRole('button', { name: TITLE }).waitFor()
  if (await officer.getByRole('button', { name: `删除 ${TITLE}` }).count())
    throw new Error('what is locked can be given up')
  await toggle(leader, '锁定').click()
  await leader.getByRole('button', { name: new RegExp(`^锁定.*${TITLE}`), pressed: false }).waitFor()
  await officer.reload()
  await officer.getByRole('button', { name: '视图' }).click()
  await officer.getByRole('button', { name: `删除 ${TITLE}` }).click()
  await officer.getByText(TITLE).waitFor({ state: 'detached' })
  const { views } = await ask(leader, '/views')
  if (views.some((one) => one.title === TITLE)) throw new Error('it is still there')
}

const toggle = (page, what) => page.getByRole('button', { name: new RegExp(`^${what}.*${TITLE}`) })

/** The list, with what was kept of it shown. */
async function opened(browser, who, search = '') {
  const page = await person(browser)
  await signIn(page, who)
  await page.goto(BASE + LIST + search)
  await settled(page)
  await page.getByRole('button', { name: '视图' }).click()
  await page.locator('.views').waitFor()
  return page
}
