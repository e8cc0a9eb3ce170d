/** What journeys share: a browser, a person who is signed in, and what must hold of every screen. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const BASE = process.env.GECI ?? 'http://127.0.0.1:8080'
export const PICTURES = process.env.GECI_PICTURES ?? 'build/browser'
export const PASSWORD = 'geci-shili-2026'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const LOOKS = [
  { name: 'light-1440', width: 1440, height: 900, mode: 'light' },
  { name: 'dark-1440', width: 1440, height: 900, mode: 'dark' },
  { name: 'light-390', width: 390, height: 844, mode: 'light' },
  { name: 'dark-390', width: 390, height: 844, mode: 'dark' },
]

export async function open() {
  mkdirSync(PICTURES, { recursive: true })
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--lang=zh-CN'],
  })
}

/**
 * A page whose errors fail the journey. With a look it is looked at in that one, else in each.
 * `prefs` as in ui/prefs.
 */
export async function person(browser, only, prefs = {}) {
  const look = only ?? LOOKS[0]
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    colorScheme: look.mode,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await context.addInitScript(
    (kept) => localStorage.setItem('geci.prefs', kept),
    JSON.stringify({ mode: 'auto', ...prefs }),
  )
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[134]/.test(message.text()))
      errors.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.errors = errors
  page.look = look
  page.looks = only ? [only] : LOOKS
  return page
}

export async function signIn(page, name, password = PASSWORD) {
  await page.goto(`${BASE}/login`)
  await page.getByLabel('账号', { exact: true }).fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

/** The dialog on top: one that was closed may still lie in the page, unseen. */
export const dialog = (page) => page.locator('.ant-modal:visible').last()

/** Chooses from a list that opens. */
export async function choose(page, list, text) {
  await list.click()
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: text })
    .first()
    .click()
}

/** Gives the password again, if the step wants that. */
export async function confirm(page, password = PASSWORD) {
  const asked = page.locator('.ant-modal input[type=password]').first()
  const there = await asked.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  )
  if (!there) return
  await asked.fill(password)
  await asked.press('Enter')
}

/** A step of a case with what it asks for. */
export async function step(page, name, fields) {
  await page.getByRole('button', { name, exact: true }).click()
  const box = dialog(page)
  for (const [label, value] of Object.entries(fields)) {
    const field = box.getByLabel(new RegExp(`^${label}`)).first()
    if ((await field.getAttribute('role')) === 'combobox') await choose(page, field, value)
    else await field.fill(value)
  }
  await box.locator('.ant-modal-footer .ant-btn-primary').click()
  await box.waitFor({ state: 'hidden' })
}

export const picture = (page, name) => page.screenshot({ path: `${PICTURES}/${name}.png` })

/** In each of its looks, or `still` as it is: nothing spills over the side, nothing that axe objects to, no error so far. */
export async function sound(page, name, { still = false } = {}) {
  for (const look of page.looks) {
    if (!still) await wear(page, look)
    await soundAsItIs(page, `${name} ${look.name}`)
  }
  if (!still) await wear(page, page.look)
}

/** Light or dark, wide or narrow; what then has to be read anew is waited for. */
async function wear(page, { width, height, mode }) {
  await page.emulateMedia({ colorScheme: mode, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height })
  await page.waitForFunction((name) => document.documentElement.classList.contains(name), `geci-${mode}`)
  await settled(page)
}

/** Nothing is being read any more, and what was read is drawn. */
export async function settled(page) {
  await page.locator('h1, .ant-alert, .say').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.state[role=status]'), undefined, {
    timeout: 60_000,
  })
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))))
}

async function soundAsItIs(page, name) {
  const faults = page.errors.splice(0)
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  if (width[0] > width[1]) faults.push(`${width[0]} px wide in ${width[1]}`)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  )
  for (const one of found.violations)
    faults.push(
      `${one.id}: ${one.nodes
        .slice(0, 4)
        .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
        .join(' | ')}`,
    )
  if (faults.length > 0) throw new Error(`${name}:\n    ${faults.join('\n    ')}`)
}

/**
 * Presses Tab until it is there: whatever cannot be reached so is no use without a mouse. Each stop on
 * the way is drawn as one, and comes after the one before as the page is read.
 */
export async function tabTo(page, target, most = 150) {
  await target.waitFor()
  for (let i = 0; i < most; i++) {
    if (await target.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press('Tab')
    const fault = await page.evaluate(stop)
    if (fault) throw new Error(fault)
  }
  throw new Error(`not reached by Tab: ${target}`)
}

/** What is wrong with where the keyboard is; in the page. */
function stop() {
  const here = document.activeElement
  if (!here || here === document.body || here.matches('[tabindex="-1"]')) return ''
  const name = `${here.tagName} ${here.getAttribute('aria-label') ?? here.textContent?.slice(0, 20)}`
  const ringed = (one) => {
    const style = one && getComputedStyle(one)
    return (
      style && ((style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none')
    )
  }
  const box = here.closest(
    '.ant-input-affix-wrapper, .ant-select, .ant-picker, .ant-input-number, .ant-checkbox-wrapper, label',
  )
  const inner = here.parentElement?.querySelector('.ant-checkbox-inner, .ant-radio-inner')
  if (![here, here.parentElement, box, inner].some(ringed)) return `focus cannot be seen: ${name}`
  if (here.tabIndex > 0) return `out of the order of the page: ${name}`
  return ''
}

/** From here on a mouse fails the journey. */
export async function noMouse(page) {
  await page.evaluate(() =>
    window.addEventListener('pointerdown', () => console.error('the mouse was used'), { capture: true }),
  )
}

/** The parts of the server that a journey prepares things by, as the one who is signed in on `page`. */
export const ask = (page, path) => page.evaluate(async (at) => (await fetch(`/api/v1${at}`)).json(), path)

/** A change made the same way, by a file or by JSON. */
export const tell = (page, path, body) =>
  page.evaluate(
    async ([at, given, file]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json()
      const answer = await fetch(`/api/v1${at}`, {
        method: 'POST',
        headers: {
          'x-csrf-token': csrf,
          'idempotency-key': String(Math.random()),
          ...(!file && { 'content-type': 'application/json' }),
        },
        body: given,
      })
      const told = await answer.json()
      if (!answer.ok) throw new Error(`${at}: ${JSON.stringify(told)}`)
      return told
    },
    [path, typeof body === 'string' ? body : JSON.stringify(body), typeof body === 'string'],
  )
