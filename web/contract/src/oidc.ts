// Can people log in through another house (OpenID Connect), and nobody else? Usage: oidc GECI FOLDER
// First the npm oidc-provider vouches, then a house of our own that lies in every way a token can.
// Prints what is wrong and `N passed, N failed`.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

const [geci, folder] = process.argv.slice(2) as [string, string]
const store = `sqlite:${folder}/x.db`
const START_TRIES = 300
const WAIT_MS = 20000
let passed = 0
let failed = 0

function check(what: string, good: boolean, more: unknown = ''): void {
  if (good) passed++
  else {
    failed++
    console.log(`FAILED: ${what} ${JSON.stringify(more)}`)
  }
}

// ---- a browser: cookies by host and port ----

let browsers = 0

/** Each at an address of its own, so that none uses up another's tries. */
class Browser {
  private readonly from = `10.0.0.${++browsers}`
  private readonly jar = new Map<string, Map<string, string>>()

  async go(url: string, how: RequestInit = {}): Promise<Response> {
    const cookies = this.jar.get(new URL(url).host) ?? new Map<string, string>()
    const headers = new Headers(how.headers)
    headers.set('x-forwarded-for', this.from)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const got = await fetch(url, { ...how, headers, redirect: 'manual', signal: AbortSignal.timeout(WAIT_MS) })
    for (const line of got.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    this.jar.set(new URL(url).host, cookies)
    return got
  }
}

// ---- our server ----

interface Me {
  account: number
  name: string
  roles: string[]
  locality: string
  confirmed: boolean
  csrf: string
}

class Geci {
  private constructor(
    readonly base: string,
    private readonly child: ChildProcess,
  ) {}

  /** On a port that was free a moment ago: it has to be known before. */
  static async start(issuer: string): Promise<Geci> {
    for (;;) {
      const port = await freePort()
      const base = `http://127.0.0.1:${port}`
      writeFileSync(
        `${folder}/oidc.json`,
        JSON.stringify({
          issuer,
          client: 'geci',
          secret: 'a secret of the two',
          roles: { 经办员: 'officer', 复核员: 'reviewer', 镇里: 'town', 出纳: 'finance', 企业: 'enterprise' },
          localities: { yangshe: '320582100' },
        }),
      )
      const child = spawn(
        geci,
        ['serve', '--db', store, '--listen', `127.0.0.1:${port}`, '--origin', base, '--oidc', `${folder}/oidc.json`, '--trusted', '127.0.0.1']
          .concat('--outgoing', new URL(issuer).host, '--quiet'),
        { stdio: 'inherit' },
      )
      process.once('exit', () => child.kill())
      if (await up(base, child)) return new Geci(base, child)
    }
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.child.once('exit', done))
    this.child.kill()
    await gone
  }

  /** Where the page sends the browser, or the status. */
  async there(b: Browser, confirm = false, csrf = ''): Promise<string> {
    const got = await b.go(`${this.base}/api/v1/session/oidc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.base, ...(csrf && { 'x-csrf-token': csrf }) },
      body: JSON.stringify({ confirm }),
    })
    return got.status === 200 ? ((await got.json()) as { url: string }).url : String(got.status)
  }

  async me(b: Browser): Promise<Me> {
    return (await (await b.go(`${this.base}/api/v1/session`)).json()) as Me
  }
}

async function freePort(): Promise<number> {
  const s = createServer()
  await new Promise<void>((done) => s.listen(0, '127.0.0.1', done))
  const { port } = s.address() as AddressInfo
  await new Promise((done) => s.close(done))
  return port
}

async function up(base: string, child: ChildProcess): Promise<boolean> {
  for (let i = 0; i < START_TRIES && child.exitCode === null; i++) {
    const got = await fetch(`${base}/readyz`).catch(() => undefined)
    if (got?.ok) return true
    await new Promise((done) => setTimeout(done, 100))
  }
  child.kill()
  return false
}

function user(...words: string[]): void {
  execFileSync(geci, ['user', ...words, '--db', store, '--actor', '安全员', '--quiet'], { stdio: 'pipe' })
}

// ---- the npm oidc-provider ----

const PEOPLE: Record<string, { roles: string[]; groups: string[] }> = {
  zhang: { roles: ['经办员', '别的'], groups: [] },
  shen: { roles: ['镇里'], groups: ['别处', 'yangshe'] },
  lost: { roles: ['镇里'], groups: ['别处'] },
  guest: { roles: [], groups: [] },
  both: { roles: ['经办员', '出纳'], groups: [] },
  firm: { roles: ['企业'], groups: [] },
  li: { roles: ['经办员'], groups: [] },
}

async function provider(back: () => string): Promise<{ issuer: string; server: Server }> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = {
    client_id: 'geci',
    client_secret: 'a secret of the two',
    redirect_uris: ['http://127.0.0.1:1/never'],
    token_endpoint_auth_method: 'client_secret_post',
  }
  const p = new Provider(issuer, {
    clients: [client],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'roles', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['for this test'] },
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] },
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: `no. ${id}`, preferred_username: id, name: `${id} 某`, ...PEOPLE[id] }),
    }),
    loadExistingGrant: async (ctx: any) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    extraClientMetadata: { properties: [] },
  })
  ;(p as any).Client.prototype.redirectUriAllowed = (uri: string) => uri === back()
  return { issuer, server: p.listen(port, '127.0.0.1') }
}

/** Through the pages of the provider, back to the address with the code; or where it stopped. */
async function signIn(b: Browser, from: string, login: string, back: string): Promise<string> {
  let url = from
  for (let i = 0; i < 12; i++) {
    if (url.startsWith(back)) return url
    const got = await b.go(url)
    const next = got.headers.get('location')
    if (next !== null) {
      url = new URL(next, url).href
      continue
    }
    const form = /<form[^>]*action="([^"]+)"/.exec(await got.text())?.[1]
    if (form === undefined) return `${url} ${got.status}`
    const sent = await b.go(new URL(form, url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt: 'login', login, password: 'x' }).toString(),
    })
    url = new URL(sent.headers.get('location') ?? url, url).href
  }
  return url
}

async function enter(g: Geci, login: string, b = new Browser()): Promise<{ b: Browser; page: Response; back: string }> {
  const back = await signIn(b, await g.there(b), login, `${g.base}/api/v1/session/oidc/back`)
  return { b, back, page: await b.go(back) }
}

async function refused(g: Geci, login: string, why: string): Promise<void> {
  const { b, page } = await enter(g, login)
  const text = await page.text()
  const me = await g.me(b)
  check(`${login} is turned away: ${why}`, page.status === 403 && text.includes(`： ${why}`) && me.account === 0, [text, me.account])
}

async function withProvider(): Promise<void> {
  let g: Geci | undefined
  const house = await provider(() => `${g?.base}/api/v1/session/oidc/back`)
  g = await Geci.start(house.issuer)

  const first = await enter(g, 'zhang')
  const me = await g.me(first.b)
  check('the page leads home', (await first.page.text()).includes('url=/"'))
  check('an officer is one', me.name === 'zhang' && me.roles.join() === 'officer' && !me.confirmed, [me.name, me.roles, me.confirmed])
  check('a code is good once', (await first.b.go(first.back)).status !== 200)
  const stranger = new Browser()
  check('a code is of one browser', (await stranger.go(first.back)).status === 422)
  const other = await enter(g, 'zhang')
  await g.there(other.b)
  check('a state is of one login', (await other.b.go(first.back)).status === 422)

  PEOPLE['zhang'] = { roles: ['复核员'], groups: [] }
  const again = await g.me((await enter(g, 'zhang')).b)
  check('roles follow the house', again.account === me.account && again.roles.join() === 'reviewer', again)

  const town = await g.me((await enter(g, 'shen')).b)
  check('a town has its place', town.roles.join() === 'town' && town.locality === '320582100', town)
  await refused(g, 'lost', 'place')
  await refused(g, 'guest', 'role')
  await refused(g, 'both', 'side')
  await refused(g, 'firm', 'side')
  await refused(g, 'li', 'name')
  await g.stop() // a store has one that writes
  user('lock', 'shen', '--note', '离岗')
  g = await Geci.start(house.issuer)
  await refused(g, 'shen', 'state')

  const { b } = await enter(g, 'zhang')
  const csrf = (await g.me(b)).csrf
  const back = await signIn(b, await g.there(b, true, csrf), 'zhang', `${g.base}/api/v1/session/oidc/back`)
  await b.go(back)
  check('who proves themselves again is sure', (await g.me(b)).confirmed, await g.me(b))
  check('nobody proves themselves for nobody', (await g.there(new Browser(), true)) === '403')
  await g.stop()
  house.server.closeAllConnections()
  house.server.close()
}

// ---- a house that lies ----

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const encoded = (x: unknown): string => Buffer.from(typeof x === 'string' ? x : JSON.stringify(x)).toString('base64url')

function signed(head: object, body: object, key: KeyObject): string {
  const text = `${encoded(head)}.${encoded(body)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

type Body = Record<string, unknown>
type Lie = (body: Body) => string
const RS = { alg: 'RS256', kid: 'r' }
const plain: Lie = (body) => signed(RS, body, rsa.privateKey)
const changed = (change: Body): Lie => (body) => plain({ ...body, ...change })
const now = (): number => Math.floor(Date.now() / 1000)

const TRUE: Record<string, Lie> = {
  'RS256': plain,
  'ES256': (body) => signed({ alg: 'ES256', kid: 'e' }, body, ec.privateKey),
  'no kid': (body) => signed({ alg: 'RS256' }, body, rsa.privateKey),
  'for several, asked for by us': changed({ aud: ['geci', 'other'], azp: 'geci' }),
}
const LIES: Record<string, Lie> = {
  'no signature': (body) => `${encoded({ alg: 'none' })}.${encoded(body)}.`,
  'signed with the public key': (body) => {
    const text = `${encoded({ alg: 'HS256', kid: 'r' })}.${encoded(body)}`
    const pem = createPublicKey(rsa.privateKey).export({ type: 'spki', format: 'pem' })
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
  },
  'another key': (body) => signed(RS, body, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  'a key nobody knows': (body) => signed({ alg: 'RS256', kid: 'x' }, body, rsa.privateKey),
  'a weak key': (body) => signed({ alg: 'RS256', kid: 'w' }, body, weak.privateKey),
  'the algorithm of another key': (body) => signed({ alg: 'ES256', kid: 'r' }, body, ec.privateKey),
  'changed behind': (body) => plain(body).replace(/\.[^.]+\./, `.${encoded({ ...body, sub: 'other' })}.`),
  'critical extensions': (body) => signed({ ...RS, crit: ['exp'] }, body, rsa.privateKey),
  'another issuer': changed({ iss: 'http://127.0.0.1:9' }),
  'for another': changed({ aud: 'other' }),
  'for several': changed({ aud: ['geci', 'other'] }),
  'asked for by another': changed({ azp: 'other' }),
  'too old': changed({ exp: now() - 120 }),
  'without an end': changed({ exp: undefined }),
  'from tomorrow': changed({ iat: now() + 86400 }),
  'another nonce': changed({ nonce: 'other' }),
  'no nonce': changed({ nonce: undefined }),
  'nobody': changed({ sub: '' }),
  'two parts': (body) => plain(body).split('.').slice(0, 2).join('.'),
  'no JSON': () => `${encoded('x')}.${encoded('y')}.${encoded('z')}`,
}

async function withLiar(): Promise<void> {
  let token = ''
  const jwk = (key: KeyObject, kid: string): object => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' })
  const house = createServer((rq, rs) => {
    const issuer = `http://${rq.headers.host}`
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      },
      '/jwks': { keys: [jwk(rsa.publicKey, 'r'), jwk(ec.publicKey, 'e'), jwk(weak.publicKey, 'w')] },
      '/token': { id_token: token },
    }
    rs.end(JSON.stringify(answers[rq.url ?? ''] ?? {}))
  })
  await new Promise<void>((done) => house.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(house.address() as AddressInfo).port}`
  const g = await Geci.start(issuer)
  const says = async (lie: Lie): Promise<{ status: number; account: number }> => {
    const b = new Browser()
    const url = new URL(await g.there(b))
    const word = (name: string): string => url.searchParams.get(name) ?? ''
    const body = { iss: issuer, aud: 'geci', sub: 'w', nonce: word('nonce'), iat: now(), exp: now() + 300 }
    token = lie({ ...body, preferred_username: 'wang', roles: ['经办员'] })
    const page = await b.go(`${word('redirect_uri')}?code=c&state=${word('state')}`)
    return { status: page.status, account: (await g.me(b)).account }
  }
  for (const [what, lie] of Object.entries(TRUE)) {
    const got = await says(lie)
    check(`believed: ${what}`, got.status === 200 && got.account > 0, got)
  }
  for (const [what, lie] of Object.entries(LIES)) {
    const got = await says(lie)
    check(`not believed: ${what}`, got.status === 403 && got.account === 0, got)
  }
  await g.stop()
  house.closeAllConnections()
  house.close()
}

execFileSync(geci, ['init', '示例县', '--db', store, '--county', '320582', '--quiet'], { stdio: 'pipe' })
writeFileSync(`${folder}/password`, 'first-Password-1\n')
user('add', 'li', '--role', 'officer', '--password-file', `${folder}/password`)
await withProvider()
await withLiar()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
