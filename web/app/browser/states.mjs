/**
 * Every list while it is read, when it is refused, when it fails (and tries again), and when there is
 * nothing in it. The server's answers are held back, refused or emptied on their way to the page.
 */
import { BASE, LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'states'

const FIRMS = encodeURIComponent('科技型企业')

/** Who, where, and the answer that the list is made of. */
const LISTS = [
  ['经办', 'subjects', `/subjects/${FIRMS}`, `/subjects/${FIRMS}/query`],
  ['经办', 'runs', '/runs', '/runs'],
  ['经办', 'rules', '/rules', '/rules'],
  ['经办', 'payments', '/ledger', '/ledger/payments'],
  ['经办', 'balances', '/ledger?tab=balances', '/ledger/balances'],
  ['经办', 'tasks', '/cases', '/tasks'],
  ['经办', 'cases', '/cases?tab=all', '/cases'],
  ['经办', 'board', '/board', '/board'],
  ['经办', 'policies', '/policies', '/policies'],
  ['经办', 'jobs', '/jobs', '/jobs'],
  ['审计', 'acts', '/acts', '/acts'],
  ['安全管理员', 'accounts', '/accounts', '/accounts'],
  ['系统管理员', 'webhooks', '/webhooks', '/webhooks'],
  ['企业', 'consents', '/mine', '/consents'],
  ['企业', 'tokens', '/mine', '/tokens'],
  ['银行', 'granted', '/mine', '/granted'],
  ['', 'notices', '/public', '/public/runs'],
  ['', 'public-policies', '/public/policies', '/policies'],
  ['', 'public-board', '/public/board', '/board'],
]

const problem = (status) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ title: '服务器拦下了', title_en: 'Held back', code: 'TEST', problems: [] }),
})

const STATES = {
  loading: {
    answer: () => {}, // for good
    shown: (page) => page.locator('.state[role=status]').first(),
  },
  refused: {
    answer: (route) => route.fulfill(problem(403)),
    shown: (page) => page.getByText('您的角色不能看这里').first(),
  },
  failed: {
    answer: (route) => route.fulfill(problem(500)),
    shown: (page) => page.locator('.ant-alert-error').first(),
  },
  empty: {
    answer: async (route) => {
      const response = await route.fetch()
      const data = Object.entries(await response.json())
      const emptied = data.map(([key, value]) => [
        key,
        Array.isArray(value) ? [] : typeof value === 'number' ? 0 : value,
      ])
      await route.fulfill({ response, json: Object.fromEntries([...emptied, ['next', null]]) })
    },
    shown: (page) => page.locator('.ant-empty').first(),
  },
}

export async function journey(browser) {
  for (const look of [LOOKS[0], LOOKS[3]]) {
    let page
    let here
    for (const [who, list, path, api] of LISTS) {
      if (here !== who) {
        await page?.context().close()
        page = await person(browser, look)
        page.setDefaultTimeout(60_000)
        if (who) await signIn(page, who)
        here = who
      }
      for (const [state, { answer, shown }] of Object.entries(STATES)) {
        const asked = (url) => url.pathname === `/api/v1${api}`
        await page.route(asked, (route) =>
          route.request().method() === 'GET' || api.endsWith('/query') ? answer(route) : route.continue(),
        )
        await page.goto(BASE + path)
        await shown(page).waitFor()
        page.errors.splice(0) // the browser tells of each answer that is an error
        await sound(page, `${list} ${state}`, { still: true })
        await picture(page, `states-${list}-${state}-${look.name}`)
        await page.unroute(asked)
        if (state === 'failed') {
          await page.getByRole('button', { name: '重试' }).first().click()
          await page.locator('.ant-alert-error').first().waitFor({ state: 'hidden' })
        }
      }
    }
    await page.context().close()
  }
}
