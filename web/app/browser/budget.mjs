/**
 * What the two heaviest screens cost the browser: time of its main thread, memory after a collection,
 * how soon the first rows stand there (the best of a few times: the rest is the machine's), and each
 * step of a slider until what it changes is drawn.
 */
import { loadavg } from 'node:os'
import { BASE, LOOKS, person, settled, signIn } from './browser.mjs'

export const name = 'budget'

const LIMIT = { cpu: 900, heap: 40, step: 16, wall: 2000 } // ms, MB, ms, ms
const TIMES = 3
const STEPS = 60
const KIND = encodeURIComponent('科技型企业')

export async function journey(browser) {
  const found = []
  const check = (what, value, limit, unit) => {
    console.log(`     ${what}: ${value.toFixed(1)} ${unit} of ${limit}`)
    if (value > limit) found.push(`${what}: ${value.toFixed(1)} ${unit}, more than ${limit}`)
  }
  const page = await person(browser, LOOKS[0])
  await signIn(page, '经办')
  const thread = await mainThread(page)
  const times = []
  for (let i = 0; i < TIMES; i++)
    times.push(await first(page, thread, `${BASE}/subjects/${KIND}`, page.locator('tbody a').first()))
  const best = (what) => Math.min(...times.map((one) => one[what]))
  check('list, main thread', best('cpu'), LIMIT.cpu, 'ms')
  check('list, heap', await thread.heap(), LIMIT.heap, 'MB')
  check(`list, first rows at load ${loadavg()[0].toFixed(1)}`, best('wall'), LIMIT.wall, 'ms')
  await page.locator('tbody a').first().click()
  const file = await first(page, thread, page.url(), page.getByRole('tab', { name: '概览' }))
  check('file, main thread', file.cpu, LIMIT.cpu, 'ms')
  check('file, heap', await thread.heap(), LIMIT.heap, 'MB')
  await page.context().close()
  check('a step of a slider', await step(browser), LIMIT.step, 'ms')
  if (found.length > 0) throw new Error(found.join('\n    '))
}

/** Loads an address anew until something of it stands there. */
async function first(page, thread, url, shown) {
  await page.goto('about:blank')
  const before = await thread.ms()
  await page.goto(url)
  await shown.waitFor()
  const wall = await page.evaluate(() => performance.now())
  await settled(page)
  return { cpu: (await thread.ms()) - before, wall }
}

/** What an enterprise feels: an arrow key on a slider, and all that follows until it is drawn. */
async function step(browser) {
  const page = await person(browser, LOOKS[0])
  await signIn(page, '企业')
  await page.getByRole('link', { name: /打开档案/ }).click()
  await page.getByRole('button', { name: '推演' }).first().click()
  await page
    .getByRole('slider', { name: /^研发费用@\d+ 滑块$/ })
    .first()
    .focus()
  const press = async (times) => {
    for (let i = 0; i < times; i++) {
      await page.keyboard.press('ArrowRight')
      await page.evaluate(
        () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
      )
    }
  }
  await press(5)
  await page.locator('.outcome[aria-busy=false]').waitFor()
  const thread = await mainThread(page)
  const before = await thread.ms()
  await press(STEPS)
  return ((await thread.ms()) - before) / STEPS
}

/** Processor time of the page's main thread, and its memory. */
async function mainThread(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    ms: async () => {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return metrics.find((one) => one.name === 'TaskDuration').value * 1000
    },
    heap: async () => {
      await cdp.send('HeapProfiler.collectGarbage')
      return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
    },
  }
}
