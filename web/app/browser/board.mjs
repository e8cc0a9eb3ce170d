/** A need becomes a public call: offered by an officer, checked, posted; a stranger reads it on a phone. */
import { BASE, dialog, LOOKS, person, picture, settled, signIn, sound, step } from './browser.mjs'

export const name = 'board'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '企业')
  await page.goto(`${BASE}/cases`)
  await page.getByRole('button', { name: '申报' }).click()
  await page.getByRole('menuitem', { name: /技术需求揭榜/ }).click()
  await dialog(page).getByLabel('标题').fill('高强钢丝在线检测')
  await dialog(page).getByRole('button', { name: /申报/ }).click()
  await page.waitForURL(/\/cases\/\d+/)
  const found = page.url()
  await step(page, '提交', {
    需求名称: '高强钢丝在线检测',
    技术领域: '智能装备',
    需求描述: '每分钟 600 米的钢丝，表面裂纹在线测出',
    密级: '公开',
    意向投入: '80',
  })
  await page.getByText('待核实').first().waitFor()
  await sound(page, 'handed in')

  const officer = await person(browser)
  await signIn(officer, '经办')
  await officer.goto(found)
  await step(officer, '核实', { 走访人: '示例·张三', 走访记录: '到厂看过产线', 核实结论: '属实' })
  await officer.getByText('待张榜').first().waitFor()
  await step(officer, '张榜', {
    揭榜截止日: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })
  await officer
    .getByRole('button', { name: '截止', exact: true })
    .or(officer.getByText('揭榜'))
    .first()
    .waitFor()
  await settled(officer)
  await sound(officer, 'posted')
  await picture(officer, 'board-1-posted')
  await officer.goto(`${BASE}/board`)
  await officer.getByRole('heading', { name: '高强钢丝在线检测' }).first().waitFor()
  await sound(officer, 'board inside')

  const stranger = await person(browser, LOOKS[2])
  await stranger.goto(`${BASE}/public/board`)
  await stranger.getByRole('heading', { name: '高强钢丝在线检测' }).first().waitFor()
  await stranger.getByText('可以揭榜').first().waitFor()
  if ((await stranger.getByText('到厂看过产线').count()) > 0) throw new Error('what is internal is public')
  await sound(stranger, 'board')
  await picture(stranger, 'board-2-public')
}
