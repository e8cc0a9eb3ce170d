// Does the server answer as its OpenAPI document says, and assistants alike? Usage:
// contract GECI SERVE_WORLD STORE_URL
// Prints what is wrong and `N passed, N failed`.
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Contract, type OpenApi } from './document.js'
import { Assistants } from './mcp.js'
import { Server } from './server.js'
import { Walk, type Step } from './walk.js'

const TOLD_MAX = 20
let passed = 0
let failed = 0

function verdict(good: boolean, what: string): void {
  if (good) passed++
  else if (failed++ < TOLD_MAX) console.log(`FAILED: ${what}`)
}

async function lint(text: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config })
  return problems.map((p) => `${p.ruleId}: ${p.message} at ${p.location[0]?.pointer ?? ''}`)
}

function wrong(contract: Contract, steps: readonly Step[]): string[] {
  return steps.flatMap((s) =>
    contract
      .complaints(contract.operation(s.operation.operationId), s.answer)
      .map((c) => `${s.operation.operationId} by ${s.role}: ${s.answer.status} ${c}`),
  )
}

/** Defects of the document that the same answers must bring to light. */
const PLANTED: Record<string, (d: OpenApi) => void> = {
  'a member is not declared': (d) => {
    const page = d.components.schemas['subject_page']!
    delete page.properties!['total']
    page.required = page.required!.filter((name) => name !== 'total')
  },
  'a member is of another type': (d) => (d.components.schemas['run']!.properties!['title']!.type = 'integer'),
  'a word is missing': (d) => void d.components.schemas['run']!.properties!['state']!.enum!.splice(4, 1),
  'what may be missing is required': (d) => d.components.schemas['problem']!.required!.push('problems'),
  'another content type': (d) => {
    const said = d.paths['/runs/{run}/results']!['get']!.responses['200']!
    said.content = { 'application/json': said.content!['text/csv']! }
  },
  'a status is missing': (d) => {
    const responses = d.paths['/runs']!['post']!.responses
    delete responses['403']
    delete responses['default']
  },
}

function plant(document: OpenApi, steps: readonly Step[]): void {
  for (const [what, change] of Object.entries(PLANTED)) {
    const changed = structuredClone(document)
    change(changed)
    verdict(wrong(new Contract(changed), steps).length > 0, `planted, and not found: ${what}`)
  }
}

/** Is the success of every route among the answers? */
function unseen(contract: Contract, steps: readonly Step[]): string[] {
  const seen = new Set(steps.map((s) => `${s.operation.operationId} ${s.answer.status}`))
  return contract.operations.flatMap((o) => {
    const good = Object.keys(o.responses).filter((status) => status.startsWith('2'))
    return good.filter((status) => !seen.has(`${o.operationId} ${status}`)).map((s) => `${o.operationId} ${s}`)
  })
}

async function check(server: Server, geci: string, url: string): Promise<void> {
  const text = (await server.ask('', 'GET', '/api/openapi.json')).text
  for (const complaint of await lint(text)) verdict(false, complaint)
  verdict((await lint(text.replace('"operationId": "run_list"', '"operationId": "run_get"'))).length > 0, 'lint')
  const contract = new Contract(JSON.parse(text) as OpenApi)
  const walk = new Walk(server, contract, { geci, url })
  await walk.people()
  await walk.everything()
  for (const what of walk.failed) verdict(false, what)
  const complaints = wrong(contract, walk.steps)
  for (const complaint of complaints) verdict(false, complaint)
  passed += walk.steps.length - complaints.length
  await new Assistants(server, contract, verdict).check(geci, url)
  const missing = unseen(contract, walk.steps)
  if (missing.length > 0) console.log(`without a step of their own in the walk: ${missing.join(', ')}`)
  verdict(missing.length * 3 < contract.operations.length, 'the walk sees too little')
  plant(contract.document, walk.steps)
  const statuses = [...new Set(walk.steps.map((s) => s.answer.status))].sort().join(' ')
  console.log(`${walk.steps.length} answers of ${contract.operations.length} operations: ${statuses}`)
}

const [geci, program, url] = process.argv.slice(2)
if (geci === undefined || program === undefined || url === undefined) {
  console.error('usage: contract GECI SERVE_WORLD STORE_URL')
  process.exit(64)
}
const server = await Server.start(program, url)
try {
  await check(server, geci, url)
} finally {
  await server.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
