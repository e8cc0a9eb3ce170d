/** What journeys share: a browser, a person who is signed in, and what must hold of every screen. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const BASE = process.env.GECI ?? 'http://127.0.0.1:8080'
const PICTURES = process.env.GECI_PICTURES ?? 'build/browser'
const PASSWORD = 'geci-shili-2026'
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

/** A page whose errors fail the journey. `prefs` as in ui/prefs. */
export async function person(browser, look = LOOKS[0], prefs = {}) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    (kept) => localStorage.setItem('geci.prefs', kept),
    JSON.stringify({ mode: look.mode, ...prefs }),
  )
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[134]/.test(message.text()))
      errors.push(`console: ${message.text()}`)
  })
  page.errors = errors
  return page
}

export async function signIn(page, name, password = PASSWORD) {
  await page.goto(`${BASE}/login`)
  await page.getByLabel('账号', { exact: true }).fill(name)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

/** The dialog on top. */
export const dialog = (page) => page.locator('.ant-modal').last()

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

export const picture = (page, name) => page.screenshot({ path: `${PICTURES}/${name}.png` })

/** Nothing spills over the side, nothing that axe objects to, no error so far. */
export async function sound(page, name) {
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
