/**
 * A run from draft to notice by three people; an enterprise appeals, the appeal is upheld, the figure
 * is put right, and the run that takes its place shows whom that moved.
 */
import { ask, BASE, confirm, dialog, person, picture, signIn, sound } from './browser.mjs'

export const name = 'scoring'

export async function journey(browser) {
  const clerk = await person(browser)
  await signIn(clerk, '经办')
  await clerk.goto(`${BASE}/runs`)
  await clerk.getByRole('button', { name: '起草测算' }).click()
  await dialog(clerk).getByRole('combobox').first().click()
  await clerk.locator('.ant-select-item-option').filter({ hasText: '企业科技创新积分' }).first().click()
  await dialog(clerk).getByRole('button', { name: '起草测算' }).click()
  await clerk.waitForURL(/\/runs\/\d+/)
  const run = clerk.url()
  await clerk.getByRole('button', { name: '测算', exact: true }).click()
  await clerk.getByText('算好了').waitFor()
  await sound(clerk, 'computed')
  await picture(clerk, 'scoring-1-computed')

  const reviewer = await person(browser)
  await signIn(reviewer, '复核')
  await reviewer.goto(run)
  await step(reviewer, '复核', async (box) => box.getByLabel('说明').fill('抽查无误'))
  await reviewer.getByText('复核过了').waitFor()

  const leader = await person(browser)
  await signIn(leader, '局领导')
  await leader.goto(run)
  await step(leader, '公示')
  await leader.getByText(/\d{4}-\d\d-\d\d 至 \d{4}/).waitFor()
  await sound(leader, 'notice')
  await picture(leader, 'scoring-2-notice')

  const firm = await person(browser)
  await signIn(firm, '企业')
  await firm.goto(`${run}?tab=appeals`)
  await step(firm, '提出异议', async (box) =>
    box.getByLabel(/哪里不对/).fill('漏报一笔委托外部研发费用，附合同和发票'),
  )
  await firm.getByText('漏报一笔委托外部研发费用').waitFor()
  await sound(firm, 'appeal')
  await picture(firm, 'scoring-3-appeal')

  await reviewer.goto(`${run}?tab=appeals`)
  await step(reviewer, '答复', async (box) => {
    await box.getByText('成立', { exact: true }).click()
    await box.getByLabel('说明').fill('合同、发票、账页相符')
  })
  await reviewer.getByText('合同、发票、账页相符').waitFor()
  await picture(reviewer, 'scoring-4-upheld')

  const { subject_kind: kind, subject_id: id, name: account } = await ask(firm, '/session')
  if (!id) throw new Error(`${account} stands for no subject`)
  await clerk.goto(`${BASE}/subjects/${encodeURIComponent(kind)}/${id}?tab=facts`)
  await clerk.getByRole('button', { name: '填报' }).click()
  const drawer = clerk.locator('.ant-drawer:visible')
  await drawer.getByLabel('来源').fill('异议成立，按合同、发票更正')
  await drawer.getByRole('combobox', { name: '字段' }).fill('发明专利授权数@2025')
  await clerk.keyboard.press('Enter')
  await drawer.getByLabel('值', { exact: true }).fill('77')
  await drawer.getByRole('button', { name: '提交' }).click()
  await drawer.waitFor({ state: 'hidden' })

  await clerk.goto(run)
  await clerk.getByRole('button', { name: '起草更正' }).click()
  await dialog(clerk).getByRole('button', { name: '起草测算' }).click()
  await clerk.waitForURL((url) => url.href !== run)
  await clerk.getByRole('link', { name: /^测算 \d+ 号$/ }).waitFor()
  await picture(clerk, 'scoring-5-correction')
  await clerk.getByRole('button', { name: '测算', exact: true }).click()
  await clerk.getByRole('tab', { name: '更正前后' }).click({ timeout: 120_000 })
  await clerk.getByRole('columnheader', { name: '变化' }).first().waitFor()
  await clerk.locator(`a[href*="${id}"]`).first().waitFor()
  await sound(clerk, 'before and after')
  await picture(clerk, 'scoring-6-before-and-after')

  const auditor = await person(browser)
  await signIn(auditor, '审计')
  await auditor.goto(`${run}?tab=proof`)
  await auditor.getByRole('button', { name: '复算核对' }).click()
  await auditor.getByText('逐字节相同').waitFor({ timeout: 60_000 })
  await picture(auditor, 'scoring-7-proof')
}

/** A step of the run: its button, the dialog's fields, the password again where it is asked. */
async function step(page, name, fill = async () => {}) {
  await page.getByRole('button', { name, exact: true }).first().click()
  await fill(dialog(page))
  await dialog(page).getByRole('button', { name, exact: true }).click()
  await confirm(page)
}
