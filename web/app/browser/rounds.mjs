/**
 * Batch matching: an officer begins a round, tries other limits, keeps them, locks pairs and proposes; may not publish
 * it; a reviewer does. A town sees the pairs of its own needs.
 */
import { ask, BASE, dialog, person, picture, settled, signIn, sound, tell } from './browser.mjs'

export const name = 'rounds'

export async function journey(browser) {
  const officer = await person(browser)
  await signIn(officer, '经办')
  await officer.goto(`${BASE}/rounds`)
  await officer.getByRole('button', { name: '起一轮' }).click()
  await dialog(officer).getByLabel('名称').fill('一季度对接')
  await dialog(officer).locator('.ant-btn-primary').click()
  await officer.getByRole('link', { name: '看这一轮' }).click({ timeout: 120_000 })
  await officer.waitForURL(/\/rounds\/\d+/)
  const found = officer.url()
  const round = Number(found.split('/').pop())
  const first = await ask(officer, `/pairings/${round}`)
  if (first.pairs !== first.needs - first.alone || first.pairs < 3)
    throw new Error(`of ${first.needs} needs ${first.pairs} have somebody`)
  await settled(officer)
  await sound(officer, 'a draft')

  await officer.getByRole('spinbutton', { name: '每个需求最多几个' }).fill('2')
  await officer.keyboard.press('Enter')
  await officer.getByText('按别的名额试算，没有保存').waitFor()
  await officer.getByRole('button', { name: '存为名额' }).click()
  await officer.getByText('按别的名额试算，没有保存').waitFor({ state: 'detached' })
  const wider = await ask(officer, `/pairings/${round}`)
  if (wider.limits.each !== 2 || wider.pairs <= first.pairs) throw new Error(`${wider.pairs} pairs`)

  const one = wider.rows[0]
  const row = officer.locator('tr').filter({ hasText: one.answer }).first()
  await row.getByRole('button', { name: '不要' }).click()
  await row.getByRole('button', { name: '不要', pressed: true }).waitFor()
  await row.getByRole('button', { name: '全部人选' }).click()
  await dialog(officer).locator('tr').nth(3).waitFor()
  await settled(officer)
  await picture(officer, 'rounds-1-candidates')
  const other = dialog(officer).locator('tbody tr').nth(4)
  await other.getByRole('button', { name: '定' }).click()
  await other.getByRole('button', { name: '定', pressed: true }).waitFor()
  await dialog(officer).locator('.ant-modal-close').click()
  const locked = await ask(officer, `/pairings/${round}`)
  if (locked.rows.some((pair) => pair.lock === 'out' && pair.taken))
    throw new Error('a pair that is out is taken')
  if (!locked.rows.some((pair) => pair.lock === 'in' && pair.taken))
    throw new Error('a pair that is in is not')

  await officer.getByRole('button', { name: '提交发布' }).click()
  await dialog(officer).locator('.ant-btn-primary').click()
  await officer.getByText('待发布').first().waitFor()
  await settled(officer)
  await sound(officer, 'proposed')
  await picture(officer, 'rounds-2-proposed')

  const reviewer = await person(browser)
  await signIn(reviewer, '复核')
  await reviewer.goto(found)
  await reviewer.getByRole('button', { name: /^发\s?布$/ }).click()
  await dialog(reviewer).locator('.ant-btn-primary').click()
  await reviewer.getByText('已发布').first().waitFor()
  await sound(reviewer, 'published')
  const said = await ask(
    reviewer,
    `/subjects/${encodeURIComponent('技术需求')}/${encodeURIComponent(one.need)}/matches`,
  )
  if (!said.rows.some((who) => who.said === 'accepted')) throw new Error('published pairs are not accepted')

  const town = await person(browser)
  await signIn(town, '杨舍镇')
  await town.goto(found)
  await settled(town)
  const own = await ask(town, `/pairings/${round}`)
  const all = await ask(reviewer, `/pairings/${round}`)
  const place = '320582100' // 杨舍镇
  const want = all.rows.filter((pair) => pair.place.startsWith(place)).length
  if (own.rows.length !== want || own.rows.some((pair) => !pair.place.startsWith(place)))
    throw new Error(`a town sees ${own.rows.length} pairs, its own are ${want}`)
  const refused = await tell(town, '/pairings', { title: 'x', kind: '技术需求' }).catch((cause) =>
    String(cause),
  )
  if (!/FORBIDDEN/.test(refused)) throw new Error('a town began a round')
}
