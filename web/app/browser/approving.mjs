/**
 * What two people must approve, without touching the mouse: a run is reviewed by one and published by
 * another, a payment gets its second approval, and the password is given again where a step wants it.
 */
import { ask, BASE, dialog, noMouse, PASSWORD, person, picture, signIn, sound, tabTo } from './browser.mjs'

export const name = 'approving'

export async function journey(browser) {
  const reviewer = await person(browser)
  await signIn(reviewer, '复核')
  const { runs } = await ask(reviewer, '/runs')
  const { run } = runs.find((one) => one.state === 'computed')
  await open(reviewer, `/runs/${run}`)
  await begin(reviewer, '复核')
  await reviewer.keyboard.type('抽查了三家，与原件相符')
  await inOrder(reviewer, ['取消', '复核', '关闭'])
  await cancelled(reviewer, '复核')
  await begin(reviewer, '复核')
  await reviewer.keyboard.type('抽查了三家，与原件相符')
  await finish(reviewer, '复核')
  await reviewer.getByText('复核过了').waitFor()

  const leader = await person(browser)
  await signIn(leader, '局领导')
  await open(leader, `/runs/${run}`)
  await begin(leader, '公示')
  await sound(leader, 'dialog', { still: true })
  await askedOnce(leader, /\/publish$/)
  await finish(leader, '公示')
  await prove(leader)
  await leader.getByText(/\d{4}-\d\d-\d\d 至 \d{4}/).waitFor()
  await picture(leader, 'approving-2-published')

  const { payments } = await ask(leader, '/ledger/payments?state=requested')
  await open(leader, `/ledger/payments/${payments[0].payment}`)
  await begin(leader, '审批')
  await cancelled(leader, '审批')
  await begin(leader, '审批')
  await askedOnce(leader, /\/approve$/)
  await finish(leader, '审批')
  await prove(leader)
  await leader.getByText('已批准').first().waitFor()
  await picture(leader, 'approving-3-approved')
}

const named = (page, name) => page.getByRole('button', { name, exact: true })

async function open(page, path) {
  await page.goto(BASE + path)
  await noMouse(page)
}

/** The button of a step; writing or answering begins without another key. */
async function begin(page, step) {
  await tabTo(page, named(page, step).first())
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('.ant-modal'))
}

async function finish(page, step) {
  await tabTo(page, named(dialog(page), step))
  await page.keyboard.press('Enter')
}

/** Tab goes round these, and never out of the dialog. */
async function inOrder(page, names) {
  const stops = []
  while (stops.length < names.length) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const one = document.activeElement
      if (one === document.body) return '' // the browser's own
      return one.closest('.ant-modal') ? (one.ariaLabel ?? one.textContent) : `outside: ${one.textContent}`
    })
    if (here) stops.push(here)
  }
  if (stops.join() !== names.join()) throw new Error(`Tab goes ${stops}, not ${names}`)
}

/** Esc closes, and the keyboard stands where the dialog was opened. */
async function cancelled(page, step) {
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'hidden' })
  await page.waitForFunction((name) => document.activeElement?.textContent === name, step)
}

/** The server's answer to a step that wants the password again; a session this fresh would not be asked. */
async function askedOnce(page, path) {
  await page.route(
    path,
    (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: '请再输一次密码',
          title_en: 'Give the password again',
          code: 'CONFIRM',
        }),
      }),
    { times: 1 },
  )
}

async function prove(page) {
  const field = page.locator('.ant-modal input[type=password]')
  await field.waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password')
  await picture(page, 'approving-1-again')
  await page.keyboard.type(PASSWORD)
  await tabTo(page, named(dialog(page), '确认并继续'))
  await page.keyboard.press('Enter')
}
