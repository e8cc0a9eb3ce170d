/**
 * Money from what is owed to the bank and back: an officer asks for two payments and puts a payee right, two others approve,
 * the bank pays one and sends one back, which is asked for anew; a part is asked back and comes back, something owed by
 * mistake is reversed. The figures on the pages are the ledger's own.
 */
import { ask, BASE, choose, confirm, dialog, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'payments'

const ACCOUNT = '6222020000000017'

export async function journey(browser) {
  const [officer, leader, finance] = await Promise.all(
    ['经办', '局领导', '财政'].map((who) => inside(browser, who)),
  )
  const before = await ask(finance, '/ledger/verification')

  await officer.goto(`${BASE}/ledger?tab=open&what=due`)
  await settled(officer)
  await sound(officer, 'owed')
  await picture(officer, 'payments-1-owed')
  const [first, second] = [await request(officer, '示例一号'), await request(officer, '示例二号')]
  await officer.goto(`${BASE}/ledger/payments/${second}`)
  await act(officer, '更正收款人', { 收款人: '示例二号（更正）', 账号: ACCOUNT })
  await officer.getByText('示例二号（更正）').waitFor()
  await approve(officer, leader, finance, first)
  await approve(officer, leader, finance, second)

  const file = await sent(finance)
  const lines = [first, second].map((one) => file.find((line) => line.includes(one)))
  const amounts = lines.map((line) => line.match(/\d+\.\d\d/)[0])
  await finance.goto(`${BASE}/ledger?tab=settle`)
  await finance.getByLabel('选银行回单文件').setInputFiles({
    name: `回单${Date.now()}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `支付号,金额,账号,状态,日期\n${first},${amounts[0]},${ACCOUNT},成功,2026-11-20\n${second},${amounts[1]},${ACCOUNT},失败,2026-11-20\n`,
    ),
  })
  await dialog(finance).getByRole('button', { name: /^下载/ }).waitFor({ timeout: 60_000 })
  await picture(finance, 'payments-2-answers')
  await finance.keyboard.press('Escape')
  await finance.getByText(/^相符 2 笔 .*其中退回 1 笔/).waitFor()

  await officer.goto(`${BASE}/ledger/payments/${second}`)
  await officer.getByText('银行退回', { exact: true }).waitFor()
  await officer.getByRole('link', { name: '再申请支付' }).click()
  const again = await request(officer, '示例二号（更正）', false)
  await approve(officer, leader, finance, again)
  await sent(finance)
  await finance.goto(`${BASE}/ledger/payments/${again}`)
  await act(
    finance,
    '银行回单',
    { 结果: '已支付', 回单上的金额: '0.01', 回单上的账号: ACCOUNT },
    { refused: true },
  )
  await act(finance, '银行回单', { 结果: '已支付', 回单上的金额: amounts[1], 回单上的账号: ACCOUNT })
  await finance.getByText('已支付', { exact: true }).waitFor()
  await sound(finance, 'payment')

  await officer.goto(`${BASE}/ledger/payments/${first}`)
  await act(officer, '追回', { 金额: '12.34', 文号: '示科〔2026〕追1号（示例）' })
  await officer.getByRole('link', { name: '12.34 元' }).waitFor()
  await picture(officer, 'payments-3-asked-back')
  await finance.goto(`${BASE}/ledger?tab=open&what=clawback`)
  await settled(finance)
  await picture(finance, 'payments-4-clawback')
  await act(finance.locator('tr', { hasText: '12.34' }), '已退回到账', {}, { page: finance })

  await mistake(officer, finance)
  await figures(finance, before, amounts)
}

async function inside(browser, who) {
  const page = await person(browser)
  await signIn(page, who)
  return page
}

/** Presses, fills in, and gives the password where it is asked for. Done: the dialog is gone. */
async function act(at, name, fields, { page = at, refused = false } = {}) {
  await at.getByRole('button', { name, exact: true }).click()
  const box = dialog(page)
  for (const [label, value] of Object.entries(fields)) {
    const field = box.getByLabel(label, { exact: true })
    if ((await field.getAttribute('role')) === 'combobox') await choose(page, field, value)
    else await field.fill(value)
  }
  await box.locator('.ant-modal-footer .ant-btn-primary').click()
  await confirm(page)
  if (refused) {
    await page.locator('.ant-modal-confirm-error .ant-btn-primary').click()
    await box.locator('.ant-modal-footer .ant-btn').first().click()
    page.errors.splice(0) // the browser tells of the answer
  }
  await page.locator('.ant-modal:visible').first().waitFor({ state: 'hidden' })
}

/** Asks for the first that is owed to be paid; the payment's number. */
async function request(page, payee, fresh = true) {
  if (fresh) await page.goto(`${BASE}/ledger?tab=open&what=due`)
  await settled(page)
  const row = page.locator('tbody tr', { has: page.getByRole('button', { name: '申请支付' }) }).first()
  await act(row, '申请支付', { 收款人: payee, 账号: ACCOUNT }, { page })
  return /\d+-\d+/.exec(
    await page
      .locator('.ant-message')
      .getByText(/申请支付/)
      .last()
      .textContent(),
  )[0]
}

/** Not by who asked for it; by two others. */
async function approve(maker, leader, finance, payment) {
  for (const page of [leader, finance]) {
    await page.goto(`${BASE}/ledger/payments/${payment}`)
    await page.getByRole('button', { name: '审批', exact: true }).click()
    await page.locator('.ant-modal-confirm .ant-btn-primary').click()
    await confirm(page)
    await page.getByText('已审批').first().waitFor()
  }
  await maker.goto(`${BASE}/ledger/payments/${payment}`)
  await maker.getByText('已批准', { exact: true }).waitFor()
  if (await maker.getByRole('button', { name: '审批', exact: true }).count())
    throw new Error('the maker may approve')
}

/** All that is approved goes to the bank; the lines of its file. */
async function sent(page) {
  await page.goto(`${BASE}/ledger?tab=settle`)
  await page.getByRole('button', { name: '已批准的送银行' }).click()
  await confirm(page)
  const given = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const chunks = []
  for await (const one of await (await given).createReadStream()) chunks.push(one)
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/)
}

/** Points turned into money for a subject by mistake, and the operation reversed: pool and points are as before. */
async function mistake(officer, finance) {
  const pools = await ask(finance, '/ledger/funds')
  const { holders } = await ask(officer, '/cockpit/holders?year=2024')
  const { identity } = holders.find((one) => Number(one.held) > 1)
  await officer.goto(`${BASE}/ledger?tab=settle`)
  await officer.getByRole('button', { name: '一家的积分' }).click()
  const box = dialog(officer)
  await choose(officer, box.getByLabel('办什么'), '兑现')
  await box.getByLabel('主体的标识').fill(identity)
  await box.getByLabel('政策').fill('p22')
  await box.getByLabel('年度').fill('2024')
  await box.getByLabel('多少分').fill('0.5')
  await box.getByLabel('文号').fill('示科〔2026〕错1号（示例）')
  await box.locator('.ant-modal-footer .ant-btn-primary').click()
  await officer.getByText(/积分兑现 0.5/).waitFor()
  await finance.goto(`${BASE}/ledger?tab=open&what=due&subject=${identity}`)
  await settled(finance)
  await act(
    finance.locator('tbody tr', { hasText: identity }),
    '冲正',
    { 理由: '办错了（示例）' },
    { page: finance },
  )
  await finance.getByText('没有未了结的').first().waitFor()
  const now = await ask(finance, '/ledger/funds')
  if (JSON.stringify(now.pools) !== JSON.stringify(pools.pools))
    throw new Error('a reversal left a trace in the pools')
}

/** The ledger is sound, what was paid is more by both amounts, and the page shows what it says. */
async function figures(page, before, amounts) {
  const found = await ask(page, '/ledger/verification')
  if (!found.sound) throw new Error(`not sound: ${JSON.stringify(found.problems)}`)
  const paid = fen(before.paid) + amounts.reduce((sum, one) => sum + fen(one), 0n)
  if (fen(found.paid) !== paid) throw new Error(`paid ${found.paid}, not ${paid} fen`)
  await page.goto(`${BASE}/ledger?tab=check`)
  await page.getByRole('button', { name: '核对全部账目' }).click()
  await page.getByText(/^相符：\d+ 笔业务/).waitFor({ timeout: 60_000 })
  const shown = await page.locator('.facts > div', { hasText: '已支付' }).locator('dd').textContent()
  if (fen(shown) !== paid) throw new Error(`the page says ${shown}`)
  await page.goto(`${BASE}/ledger?tab=funds`)
  await settled(page)
  await sound(page, 'funds')
  await picture(page, 'payments-5-funds')
  const { pools } = await ask(page, '/ledger/funds')
  const row = page.locator('tr', { has: page.getByRole('rowheader', { name: '资金池合计' }) })
  const cells = (await row.locator('td').allTextContents()).slice(2, 6)
  const want = [pools.total, pools.gone, pools.reserved, pools.left]
  if (cells.some((one, at) => fen(one) !== fen(want[at]))) throw new Error(`pools ${cells}, not ${want}`)
}

/** 1,234.5 元 -> 123450n */
function fen(text) {
  const [yuan, part = ''] = text.replace(/[^\d.]/g, '').split('.')
  return BigInt(yuan + part.padEnd(2, '0'))
}
