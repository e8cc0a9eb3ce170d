/**
 * Every list while it is read, when it is refused, when it fails (and tries again), and when there is
 * nothing in it. Which lists there are, the screens tell: each answer with rows in it that a screen of the router asks
 * for by itself. They are held back, refused or emptied on their way to the page.
 */
import { LOOKS, picture, settled, sound } from './browser.mjs'
import { eachTab, everywhere } from './places.mjs'

export const name = 'states'

/** Answers with rows that are no list of the screen. */
const ASIDE = [
  / \/(session|kinds|notices|views|case-types|subjects\/区镇|public\/places)$/, // of the frame, or names for what is shown
  /^(?!\/(runs|public)? ).* \/(public\/)?runs$/, // the years to choose from, the title of one
  / \/(kinds|subjects\/[^/]+|runs\/\d+\/subjects|rules|cases|policies|ledger\/payments|runs)\/[^/]*[\d企需][^/]*$/, // one thing
  / \/subjects\/[^/]+\/(?=[^/]*\d)[^/]+$/,
  /(积分资金|历程).* \/policies$/, // names of what was paid for
  /^\/cockpit\/holders.* \/cockpit\/money$/, // names of localities
  /^\/(ledger|policies\/calculate|public\/calculate|compare).* \/(policies|runs)$/, // choices
  /^\/(rules|explain)\/.* \/rules$/,
  /^\/codes \/kinds\/(?!区镇)/, // one for all of them
  /^\/(runs|entitlements).* \/(cockpit\/kinds|subjects\/[^/]+)$/, // beside it, or to search by
]

/** Left out where there is nothing in them, or said in a line of their own. */
const UNSEEN = [
  / \/(imports|cockpit\/movers\/\S+)$/,
  /^\/codes \/kinds/, // there are other kinds
  /^\/(entitlements.*)? \/subjects\/.*\/entitlements$/,
  /^\/ \/checks$/, // among what waits for one
  /\[历程\]/, // one of several that make the line
]

const problem = (status) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ title: '服务器拦下了', title_en: 'Held back', code: 'TEST', problems: [] }),
})

const STATES = {
  loading: {
    answer: () => {}, // for good
    shown: (page) => page.locator('main .state[role=status]').first(),
  },
  refused: {
    answer: (route) => route.fulfill(problem(403)),
    shown: (page) => page.getByText(/您的角色不能看这里|大屏要一个令牌/).first(),
  },
  failed: {
    answer: (route) => route.fulfill(problem(500)),
    shown: (page) => page.locator('main .ant-alert-error').first(),
  },
  empty: {
    answer: async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: emptied(await response.json()) })
    },
    shown: (page) => page.locator('main .ant-empty').first(),
  },
}

/** No rows, and nothing counted or summed, however deep it stands. */
const emptied = (data) => ({ ...none(data), next: null })

const none = (value) => {
  if (Array.isArray(value)) return []
  if (typeof value === 'number') return 0
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, none(one)]))
}

export async function journey(browser) {
  const found = []
  for (const look of [LOOKS[0], LOOKS[3]]) {
    await everywhere(browser, (page, path, url) => lists(page, path, url, found), look)
  }
  if (found.length > 0) throw new Error(found.join('\n    '))
}

/** The lists of one screen and its tabs. */
async function lists(page, path, url, found) {
  const there = new Map() // path of the API -> where
  const reading = []
  const listen = (request) => reading.push(rowsOf(request))
  page.on('request', listen)
  await page.goto(url)
  await eachTab(page, path, async (label) => {
    while (reading.length > 0) {
      const apis = await Promise.all(reading.splice(0))
      for (const api of apis.filter(Boolean)) if (!there.has(api)) there.set(api, { label, url: page.url() })
      await settled(page)
      await page.waitForTimeout(200)
    }
  })
  page.off('request', listen)
  for (const [api, { label, url }] of there) {
    const list = `${label} ${decodeURIComponent(api).replace('/api/v1', '')}`
    if (ASIDE.some((one) => one.test(list))) continue
    console.log(`     ${list}`)
    await states(page, url, api, list).catch((error) => found.push(`${list} ${error.message}`))
  }
}

/** The path of the API, where the answer has rows in it. */
async function rowsOf(request) {
  const { pathname } = new URL(request.url())
  const reads = request.method() === 'GET' || pathname.endsWith('/query')
  if (!reads || !pathname.startsWith('/api/v1/')) return ''
  const response = await request.response()
  if (response?.status() !== 200 || !/json/.test(response.headers()['content-type'] ?? '')) return ''
  const data = await response.json().catch(() => ({}))
  return Object.values(data).some(Array.isArray) ? pathname : ''
}

async function states(page, url, api, list) {
  const name = list.replace(/[^\p{L}\d]+/gu, '-')
  for (const [state, { answer, shown }] of Object.entries(STATES)) {
    if (state === 'empty' && UNSEEN.some((one) => one.test(list))) continue
    const asked = (one) => one.pathname === api
    await page.route(asked, answer)
    await page.goto(url)
    await shown(page)
      .waitFor({ timeout: 15_000 })
      .catch(() => {
        throw new Error(`${state}: not shown`)
      })
    page.errors.splice(0) // the browser tells of each answer that is an error
    await picture(page, `states-${name}-${state}-${page.look.name}`)
    await sound(page, state, { still: true })
    await page.unroute(asked)
    if (state === 'failed') {
      await page.getByRole('button', { name: '重试' }).first().click()
      await page.locator('main .ant-alert-error').first().waitFor({ state: 'hidden' })
    }
  }
}
