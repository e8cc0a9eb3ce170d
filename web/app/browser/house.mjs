/**
 * Another house vouches (OpenID Connect): the npm oidc-provider, and a server of its own that trusts it. Somebody logs in
 * by the page's button, lands where they wanted to go, with the role that the house says; whom it gives none is told so.
 */
import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { person, picture, settled, sound } from './browser.mjs'

export const name = 'house'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const GECI = join(ROOT, 'build/gcc/geci')
const SECRET = 'a secret of the two'
const PEOPLE = { zhang: ['经办员'], guest: [] }

export async function journey(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  const ends = [() => rmSync(folder, { recursive: true })]
  try {
    const port = await freePort()
    const base = `http://127.0.0.1:${port}`
    const house = await provider(`${base}/api/v1/session/oidc/back`)
    ends.push(
      () => house.server.closeAllConnections(),
      () => house.server.close(),
    )
    const server = await serve(folder, port, house.issuer)
    ends.unshift(() => server.kill())
    await logIn(browser, base)
    await turnedAway(browser, base)
  } finally {
    for (const end of ends) end()
  }
}

/** From an address inside, through the house, back to it. */
async function logIn(browser, base) {
  const page = await person(browser)
  await page.goto(`${base}/runs`)
  await page.getByRole('button', { name: /统一身份认证/ }).waitFor()
  await sound(page, 'login')
  await picture(page, 'house-1-login')
  await there(page, 'zhang')
  await page.waitForURL(`${base}/runs`)
  await page.getByRole('heading', { level: 1, name: '测算' }).waitFor()
  await page.goto(base)
  await page.getByRole('heading', { level: 1, name: /您好/ }).waitFor()
  await settled(page)
  await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '科技型企业' }).waitFor()
  await sound(page, 'desk')
  await picture(page, 'house-2-desk')
  const me = await page.evaluate(async () => (await fetch('/api/v1/session')).json())
  if (me.name !== 'zhang' || me.roles.join() !== 'officer') throw new Error(`in as ${me.name}: ${me.roles}`)
}

async function turnedAway(browser, base) {
  const page = await person(browser)
  await page.goto(`${base}/login`)
  await there(page, 'guest')
  await page.getByText('统一身份认证没有通过').waitFor()
  await picture(page, 'house-3-turned-away')
  await page.goto(base)
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
}

/** The button of the page, and the form of the house, which asks for a font of its own elsewhere. */
async function there(page, login) {
  await page.route(/googleapis/, (route) => route.fulfill({ contentType: 'text/css', body: '' }))
  await page.getByRole('button', { name: /统一身份认证/ }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('x')
  await page.locator('button[type=submit]').click()
}

async function freePort() {
  const s = createServer()
  await new Promise((done) => s.listen(0, '127.0.0.1', done))
  const { port } = s.address()
  await new Promise((done) => s.close(done))
  return port
}

/** A small county that people of that house may enter. */
async function serve(folder, port, issuer) {
  const db = `sqlite:${folder}/x.db`
  const made = spawnSync(GECI, ['demo', '--db', db, '--scale', '1%'], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  const roles = { 经办员: 'officer', 复核员: 'reviewer' }
  const title = '统一身份认证'
  writeFileSync(
    `${folder}/oidc.json`,
    JSON.stringify({ issuer, title, client: 'geci', secret: SECRET, roles }),
  )
  const base = `http://127.0.0.1:${port}`
  const words = ['serve', '--db', db, '--listen', `127.0.0.1:${port}`, '--origin', base]
  words.push('--oidc', `${folder}/oidc.json`, '--outgoing', new URL(issuer).host, '--quiet')
  const child = spawn(GECI, words, { stdio: 'inherit' })
  for (let at = 0; at < 300 && child.exitCode === null; at++) {
    const ready = await fetch(`${base}/readyz`).then(
      (got) => got.text(),
      () => '',
    )
    if (ready.trim() === 'ready') return child
    await new Promise((done) => setTimeout(done, 100))
  }
  child.kill()
  throw new Error('the server did not come up')
}

async function provider(back) {
  // Where tools/contract.sh installs it.
  const { default: Provider } = await import(
    join(ROOT, 'build/contract/node_modules/oidc-provider/lib/index.js')
  )
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }
  const house = new Provider(issuer, {
    clients: [
      {
        client_id: 'geci',
        client_secret: SECRET,
        redirect_uris: [back],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'roles'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['for this journey'] },
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [jwk] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: `no. ${id}`, preferred_username: id, name: `${id} 某`, roles: PEOPLE[id] }),
    }),
    loadExistingGrant: async (ctx) => {
      const { Grant } = ctx.oidc.provider
      const grant = new Grant({ clientId: 'geci', accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  return { issuer, server: house.listen(port, '127.0.0.1') }
}
