/**
 * A need from a phone to its acceptance: posted, verified, published; three experts bid, sealed; who bids does not
 * review; chosen by two, contract, milestone and payment, accepted. Strangers see what is public, and no more.
 */
import { ask, BASE, dialog, LOOKS, person, picture, settled, signIn, sound, step } from './browser.mjs'

export const name = 'needs'

const TITLE = `晶圆清洗设备寿命提升 ${Date.now() % 1_000_000}` // of this journey
const SECRET = '槽体配方另议'
const EXPERTS = ['专家', '专家二', '专家三']

export async function journey(browser) {
  const firm = await person(browser, LOOKS[2])
  const found = await post(firm)
  const number = Number(found.split('/').pop())
  const officer = await person(browser)
  await publish(officer, found)
  const experts = []
  for (const who of EXPERTS) experts.push(await bid(browser, who))
  await take(officer, found, '截止', {})
  for (const expert of experts) await openBid(expert)
  await take(officer, found, '开标结束', {})
  await review(browser, officer, found)
  await take(officer, found, '选定', { 中标编号: '1' })
  await take(firm, found, '选定：第二人签署', {})
  await carryOut(firm, officer, found)
  await measured(officer, number)
  await stranger(browser, experts[0], number)
}

async function post(page) {
  await signIn(page, '企业')
  await page.goto(`${BASE}/cases`)
  await page.getByRole('button', { name: '申报' }).click()
  await page.getByRole('menuitem', { name: /技术需求揭榜/ }).click()
  await dialog(page).getByLabel('标题').fill(TITLE)
  await dialog(page).getByRole('button', { name: /申报/ }).click()
  await page.waitForURL(/\/cases\/\d+/)
  const found = page.url()
  await step(page, '提交', {
    需求名称: TITLE,
    技术领域: '先进特色半导体',
    需求描述: '清洗槽腐蚀快，希望寿命提高一倍，缺陷识别在线完成',
    保密内容: SECRET,
    密级: '限揭榜方',
    意向投入: '80',
  })
  await page.getByText('待核实').first().waitFor()
  await picture(page, 'needs-1-phone')
  await sound(page, 'posted on a phone', { still: true })
  return found
}

async function publish(page, found) {
  await signIn(page, '经办')
  await page.goto(found)
  await step(page, '核实', { 走访人: '示例·张三', 走访记录: '到厂看过产线', 核实结论: '属实' })
  await step(page, '张榜', { 揭榜截止日: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) })
  await settled(page)
  await page.getByRole('link', { name: '找合适的专家' }).click()
  await page.locator('mark').first().waitFor()
  await settled(page)
  await sound(page, 'who suits it')
  await picture(page, 'needs-2-matches')
  await page.getByRole('button', { name: '结果' }).click()
  await dialog(page).getByText('已联系').click()
  await dialog(page).locator('.ant-btn-primary').click()
  await page.getByRole('button', { name: '已联系', exact: true }).waitFor()
}

async function bid(browser, who) {
  const page = await person(browser, who === '专家二' ? LOOKS[2] : LOOKS[0])
  await signIn(page, who)
  await page.goto(`${BASE}/calls`)
  await settled(page)
  const call = page
    .locator('section.panel, li')
    .filter({ hasText: TITLE })
    .filter({ has: page.getByRole('button', { name: /^投\s?标$/ }) })
    .last()
  if ((await page.getByText(SECRET).count()) > 0) throw new Error('what is secret is shown to experts')
  await call.getByRole('button', { name: /^投\s?标$/ }).click()
  await dialog(page)
    .getByLabel('报价（元）')
    .fill(`${700_000 + who.length * 10_000}`)
  await dialog(page).getByLabel('方案').fill(`${who}：换涂层，在线测厚`)
  await dialog(page).locator('.ant-btn-primary').click()
  await dialog(page).getByText('已密封投出').waitFor()
  await dialog(page).locator('.ant-btn-primary').click()
  await page.getByRole('heading', { name: '我的标书' }).waitFor()
  await sound(page, `bid of ${who}`, { still: true })
  await picture(page, `needs-3-${EXPERTS.indexOf(who) + 1}`)
  return page
}

async function openBid(page) {
  await page.reload()
  await page.getByRole('button', { name: /^开\s?标$/ }).click()
  await page.getByText('已开标').first().waitFor()
}

/** Who bids is refused as a reviewer; another is not, and reviews. */
async function review(browser, officer, found) {
  const keeper = await person(browser)
  await signIn(keeper, '安全管理员')
  const { accounts } = await ask(keeper, '/accounts?limit=100')
  const account = (of) => String(accounts.find((one) => one.name === of).account)
  const last = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  for (const [who, allowed] of [
    ['专家', false],
    ['评审', true],
  ]) {
    await officer.getByRole('button', { name: '请评审', exact: true }).click()
    await dialog(officer).getByLabel('评审账号编号').fill(account(who))
    await dialog(officer).getByLabel('截止').fill(last)
    await dialog(officer).locator('.ant-btn-primary').click()
    if (!allowed) {
      const told = officer.locator('.ant-modal-confirm')
      await told
        .getByText(/利益关系|回避/)
        .first()
        .waitFor()
      await picture(officer, 'needs-4-conflict')
      await told.locator('.ant-btn-primary').click()
      await told.waitFor({ state: 'hidden' })
      await dialog(officer).locator('.ant-modal-close').click()
    }
    await dialog(officer).waitFor({ state: 'hidden' })
  }
  const judge = await person(browser)
  await signIn(judge, '评审')
  await judge.goto(found)
  await judge.getByRole('button', { name: '评审打分' }).click()
  await dialog(judge).getByLabel('最低').fill('80')
  await dialog(judge).getByLabel('最高').fill('88')
  await dialog(judge).getByLabel('意见').fill('可行')
  await dialog(judge).locator('.ant-btn-primary').click()
  await judge.getByText('80~88').waitFor()
}

async function carryOut(firm, officer, found) {
  await firm.goto(found)
  await handIn(firm, '技术合同')
  await step(firm, '登记合同', {
    合同编号: '示例2026-001',
    合同金额: '71',
    合同到期日: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
  })
  await step(firm, '报里程碑', { 里程碑说明: '样机通过', 已付合同款: '30' })
  await handIn(firm, '验收意见')
  await step(firm, '验收', { 验收结论: '合格', 评价: '很好' })
  await take(officer, found, '验收：第二人签署', {})
  await officer.getByText('成效跟踪').first().waitFor()
  await settled(officer)
  await sound(officer, 'accepted')
  await picture(officer, 'needs-5-accepted')
}

/** Whoever is signed in finds it on the board, as its level says; a stranger finds others only. */
async function stranger(browser, expert, number) {
  const page = await person(browser, LOOKS[2])
  const posted = (of) => of.locator('section.panel').filter({ hasText: TITLE }).first()
  await expert.goto(`${BASE}/board`)
  await posted(expert).getByText('成效跟踪').waitFor()
  await page.goto(`${BASE}/public/board`)
  await page.locator('section.panel').first().waitFor()
  if ((await posted(page).count()) > 0) throw new Error('a stranger sees what is for bidders')
  for (const one of [page, expert])
    for (const hidden of [SECRET, '到厂看过产线', '样机通过', '换涂层'])
      if ((await one.getByText(hidden).count()) > 0) throw new Error(`the board shows ${hidden}`)
  const got = await page.evaluate(async (at) => (await fetch(at)).status, `/api/v1/cases/${number}/matches`)
  if (got !== 401) throw new Error(`matches for a stranger: ${got}`)
  await picture(page, 'needs-6-public')
}

/** What it came to is counted, and found again behind the number. */
async function measured(page, number) {
  await page.goto(`${BASE}/measures`)
  await page.getByRole('cell', { name: '揭榜率' }).or(page.getByText('揭榜率')).first().waitFor()
  await settled(page)
  await sound(page, 'measures', { still: true })
  await picture(page, 'needs-7-measures')
  await page
    .getByRole('link', { name: /^合同金额 / })
    .first()
    .click()
  await page.getByRole('link', { name: String(number), exact: true }).waitFor()
  await picture(page, 'needs-8-behind')
}

async function handIn(page, paper) {
  const chosen = page.waitForEvent('filechooser')
  await page
    .locator('li')
    .filter({ hasText: paper })
    .getByRole('button', { name: /^上\s?传$/ })
    .click()
  await (await chosen).setFiles({ name: `${paper}.txt`, mimeType: 'text/plain', buffer: Buffer.from('示例') })
  await page.getByText(`${paper}.txt`).waitFor()
}

/** The step as the case stands now. */
async function take(page, found, name, fields) {
  await page.goto(found)
  await step(page, name, fields)
}
