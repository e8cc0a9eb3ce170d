/** What nobody applies for: the office offers it, and the beneficiary confirms on a phone in three taps. */
import { BASE, dialog, LOOKS, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'benefit'

export async function journey(browser) {
  const firm = await person(browser, LOOKS[2])
  await signIn(firm, '企业三')
  const { subject_id: id, subject_kind: kind } = await firm.evaluate(async () =>
    (await fetch('/api/v1/session')).json(),
  )

  const officer = await person(browser)
  await signIn(officer, '经办')
  await officer.goto(`${BASE}/entitlements/${encodeURIComponent(kind)}/${id}`)
  await officer.getByRole('button', { name: '发起兑付' }).first().click()
  await sound(officer, 'offer')
  await dialog(officer).getByRole('button', { name: '发起兑付' }).click()
  await officer.waitForURL(/\/cases\/\d+/)
  await officer.getByRole('button', { name: '推送' }).click()
  await dialog(officer).getByRole('button', { name: '推送' }).click()
  await officer.getByText('待确认').first().waitFor()
  await settled(officer)
  await sound(officer, 'offered')
  await picture(officer, 'benefit-1-offered')

  await firm.goto(BASE)
  const offered = firm.getByRole('link', { name: /^免申即享：/ }).first()
  await offered.waitFor()
  await sound(firm, 'desk')
  await picture(firm, 'benefit-2-desk')
  let taps = 0
  await firm.exposeFunction('tapped', () => {
    taps += 1
  })
  await firm.evaluate(() => window.addEventListener('pointerdown', () => window.tapped(), { capture: true }))
  await offered.click()
  await firm.getByRole('button', { name: '确认', exact: true }).click()
  // Writing begins in the first field by itself, and the keyboard's own key leads to the next.
  await firm.waitForFunction(() => document.activeElement?.id.endsWith('户名'))
  for (const one of ['示例企业', '示例银行张家港支行', '示例6222000012345678']) {
    await firm.keyboard.type(one)
    await firm.keyboard.press('Tab')
  }
  await picture(firm, 'benefit-3-confirm')
  await dialog(firm).getByRole('button', { name: '确认', exact: true }).click()
  await firm.getByText('待批准').first().waitFor()
  if (taps !== 3) throw new Error(`${taps} taps, not 3`)
  await settled(firm)
  await sound(firm, 'confirmed')
  await picture(firm, 'benefit-4-confirmed')
}
