// What assistants may ask, by the official client: over HTTP with a token, and on a program's input
// and output. The same questions must get the same answers as the routes give.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Contract } from './document.js'
import type { Server } from './server.js'

type Json = Record<string, any>
type Verdict = (good: boolean, what: string) => void

const KIND = '企业'
const TOOLS = ['search_subjects', 'explain_score', 'what_if', 'match_policies', 'run_saved_query', 'list_kinds', 'get_subject']

/** A tool, the route behind it, and how the route is asked for the same. */
const SAME: [tool: string, input: Json, method: string, path: string, body?: Json][] = [
  ['list_kinds', {}, 'GET', '/kinds'],
  ['describe_kind', { kind: KIND }, 'GET', `/kinds/${encodeURI(KIND)}`],
  ['get_subject', { kind: KIND, id: 'E1' }, 'GET', `/subjects/${encodeURI(KIND)}/E1`],
  [
    'search_subjects',
    { kind: KIND, fields: ['研发费用@2025'], facets: ['属地'] },
    'POST',
    `/subjects/${encodeURI(KIND)}/query`,
    { fields: ['研发费用@2025'], facets: ['属地'] },
  ],
  ['list_runs', {}, 'GET', '/runs'],
  ['search_policies', {}, 'GET', '/policies'],
  ['match_policies', { kind: KIND, id: 'E1' }, 'GET', `/subjects/${encodeURI(KIND)}/E1/entitlements`],
  ['match_experts', { kind: KIND, id: 'E1', with: KIND }, 'GET', `/subjects/${encodeURI(KIND)}/E1/matches?with=${encodeURI(KIND)}`],
  ['explain_score', { run: 0, id: 'E1' }, 'GET', '/runs/{run}/subjects/E1/explanation'],
  ['what_if', { run: 0, id: 'E1', set: ['研发费用=50'] }, 'POST', '/runs/{run}/subjects/E1/whatif', { set: ['研发费用=50'] }],
]

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'geci-contract', version: '0.1.0' })
  await client.connect(transport)
  return client
}

export class Assistants {
  private readonly tokens = new Map<string, string>()
  private run = 0
  private view = 0

  constructor(
    private readonly server: Server,
    private readonly contract: Contract,
    private readonly verdict: Verdict,
  ) {}

  private async json(role: string, method: string, path: string, body?: Json): Promise<Json> {
    const answer = await this.server.ask(role, method, `/api/v1${path}`, { body, sure: true })
    return JSON.parse(answer.text) as Json
  }

  /** A published run, a saved query, and a token of each role that asks. */
  private async prepare(): Promise<void> {
    const { runs } = (await this.json('officer', 'GET', '/runs')) as { runs: Json[] }
    this.run = runs.find((r) => r['state'] === 'final')!['run'] as number
    const query = { fields: ['研发费用@2025'], sort: '-研发费用@2025', limit: 2 }
    this.view = (await this.json('officer', 'POST', '/views', { kind: KIND, title: '前两名', query }))['view'] as number
    for (const role of ['officer', 'town', 'judge']) {
      const body = { title: '助手', scopes: [role === 'judge' ? 'write' : 'read'], days: 2 }
      this.tokens.set(role, (await this.json(role, 'POST', '/tokens', body))['secret'] as string)
    }
  }

  private http(role: string, more: Record<string, string> = {}): StreamableHTTPClientTransport {
    const headers = { authorization: `Bearer ${this.tokens.get(role)}`, ...more }
    return new StreamableHTTPClientTransport(new URL(`${this.server.base}/mcp`), { requestInit: { headers } })
  }

  private async use(client: Client, name: string, input: Json): Promise<Json> {
    return (await client.callTool({ name, arguments: input })) as Json
  }

  private async tools(client: Client): Promise<void> {
    const { tools } = await client.listTools()
    for (const name of TOOLS) this.verdict(tools.some((t) => t.name === name), `mcp: no tool ${name}`)
    for (const t of tools) this.verdict(t.annotations?.readOnlyHint === true, `mcp: ${t.name} does more than read`)
    const page = tools.find((t) => t.name === 'search_subjects')!.outputSchema as Json
    const promised = this.contract.document.components.schemas['subject_page'] as Json
    const same = JSON.stringify(page['required']) === JSON.stringify(promised['required'])
    this.verdict(same, 'mcp: search_subjects promises another answer than its route')
  }

  /** As the route answers, so the tool; the client holds it against the tool's schema as well. */
  private async same(client: Client, role: string): Promise<void> {
    for (const [tool, input, method, path, body] of SAME) {
      const asked = input['run'] === 0 ? { ...input, run: this.run } : input
      const want = await this.json(role, method, path.replace('{run}', String(this.run)), body)
      const got = await this.use(client, tool, asked)
      const text = JSON.stringify(got['structuredContent'])
      this.verdict(text === JSON.stringify(want), `mcp: ${tool} by ${role}: ${text ?? JSON.stringify(got)}, not ${JSON.stringify(want)}`)
      const told = got['isError'] ? text : JSON.stringify(JSON.parse(got['content'][0].text))
      this.verdict(text === told, `mcp: ${tool}: its text differs`)
    }
  }

  private async refusals(client: Client): Promise<void> {
    const told = async (what: string, name: string, input: Json, code: string): Promise<void> => {
      const got = await this.use(client, name, input)
      const good = got['isError'] === true && String(got['content'][0].text).includes(code)
      this.verdict(good, `mcp: ${what}: ${JSON.stringify(got)}`)
    }
    await told('a key that is not declared', 'get_subject', { kind: KIND, id: 'E1', nobody: 1 }, 'API-KEY')
    await told('a key that is missing', 'get_subject', { kind: KIND }, 'API-MISSING')
    await told('another type', 'search_subjects', { kind: KIND, limit: 'x' }, 'API-TYPE')
    await told('a bad condition', 'search_subjects', { kind: KIND, where: '>=' }, '-')
    await told('nobody', 'get_subject', { kind: KIND, id: 'E99' }, 'no such thing')
    const unknown = await this.use(client, 'drop_tables', {}).then(
      () => 'it was used',
      (e: unknown) => String(e),
    )
    this.verdict(unknown.includes('-32602'), `mcp: a tool that there is not: ${unknown}`)
  }

  private async rights(): Promise<void> {
    const town = await connect(this.http('town'))
    const hidden = await this.use(town, 'get_subject', { kind: KIND, id: 'E3' })
    this.verdict(hidden['isError'] === true, 'mcp: a town sees another town')
    const theirs = await this.use(town, 'run_saved_query', { view: this.view })
    this.verdict(theirs['isError'] === true, "mcp: a town asks an officer's saved query")
    await this.same(town, 'town')
    await town.close()
    const blind = await connect(this.http('judge')) // its token is not for reading
    this.verdict((await blind.listTools()).tools.length === 0, 'mcp: tools for a token that may not read')
    const kinds = await this.use(blind, 'list_kinds', {})
    this.verdict(kinds['isError'] === true, 'mcp: a token that may not read reads')
    await blind.close()
  }

  private async strangers(): Promise<void> {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
    const ask = (headers: Record<string, string>, body: unknown = message) =>
      this.server.ask('', 'POST', '/mcp', { headers, body })
    const mine = { authorization: `Bearer ${this.tokens.get('officer')}` }
    const nobody = await ask({})
    this.verdict(nobody.status === 401 && nobody.headers['www-authenticate'] !== undefined, 'mcp: nobody was let in')
    this.verdict((await ask({ ...mine, origin: 'https://evil.example' })).status === 403, 'mcp: a page of others asked')
    this.verdict((await ask({ ...mine, 'mcp-protocol-version': '1999-01-01' })).status === 400, 'mcp: any version')
    this.verdict((await this.server.ask('', 'GET', '/mcp', { headers: mine })).status === 405, 'mcp: GET')
    const code = async (body: unknown): Promise<number> => JSON.parse((await ask(mine, body)).text).error.code as number
    this.verdict((await code('{')) === -32700, 'mcp: no JSON')
    this.verdict((await code({ id: 1, method: 'ping' })) === -32600, 'mcp: not 2.0')
    this.verdict((await code({ ...message, method: 'tools/drop' })) === -32601, 'mcp: no such method')
    const note = await ask(mine, { jsonrpc: '2.0', method: 'notifications/initialized' })
    this.verdict(note.status === 202 && note.text === '', 'mcp: a notification was answered')
    const two = JSON.parse((await ask(mine, [message, { jsonrpc: '2.0', id: 2, method: 'ping' }])).text) as Json[]
    this.verdict(two.length === 2 && two[1]!['id'] === 2, 'mcp: a list of messages')
  }

  private async versions(): Promise<void> {
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']) {
      const params = { protocolVersion: version, capabilities: {}, clientInfo: { name: 'x', version: '1' } }
      const body = { jsonrpc: '2.0', id: 'a', method: 'initialize', params }
      const headers = { authorization: `Bearer ${this.tokens.get('officer')}` }
      const got = JSON.parse((await this.server.ask('', 'POST', '/mcp', { headers, body })).text) as Json
      const want = version === '2024-11-05' ? '2025-11-25' : version
      this.verdict(got['id'] === 'a' && got['result'].protocolVersion === want, `mcp: ${version}: ${JSON.stringify(got)}`)
    }
  }

  async check(geci: string, url: string): Promise<void> {
    await this.prepare()
    const client = await connect(this.http('officer'))
    this.verdict(client.getServerVersion()?.name === 'geci', 'mcp: who serves')
    await this.tools(client)
    await this.same(client, 'officer')
    const view = await this.use(client, 'run_saved_query', { view: this.view })
    this.verdict(view['structuredContent']?.rows.length === 2, `mcp: run_saved_query: ${JSON.stringify(view)}`)
    await this.refusals(client)
    await client.close()
    await this.rights()
    await this.strangers()
    await this.versions()
    const folder = mkdtempSync(join(tmpdir(), 'mcp-'))
    const model = join(folder, 'model.json') // as the server has it: world_outside()
    writeFileSync(model, JSON.stringify({ url: 'http://127.0.0.1:9/v1/rerank', model: '示例', title: '示例' }))
    const args = ['mcp', '--db', url, '--actor', 'town', '--model', model]
    const local = await connect(new StdioClientTransport({ command: geci, args }))
    await this.same(local, 'town')
    const hidden = await this.use(local, 'get_subject', { kind: KIND, id: 'E3' })
    this.verdict(hidden['isError'] === true, 'mcp: on its own input, a town sees another town')
    await local.close()
    rmSync(folder, { recursive: true })
  }
}
