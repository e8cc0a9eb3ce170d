// Are the figures of the program those of the server? `geci policy` beside the entitlements of the API.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

type Json = Record<string, any>
const run = promisify(execFile)
const SUMS = ['highest', 'top_up', 'sum'] as const

/** What the program says of one subject, of a document that is published in the store. */
export async function policyOf(geci: string, url: string, text: string, list: Json, id: string): Promise<Json> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-'))
  try {
    const file = path.join(folder, 'policy.md')
    await writeFile(file, text)
    const { stdout } = await run(geci, ['policy', file, '--db', url, '--id', id, '--json', '--quiet',
      '--as-of', String(list['day']), '--period', String(list['period'])])
    return (JSON.parse(stdout) as Json[])[0]!
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Where they differ, in words. */
export function differences(cli: Json, api: Json): string[] {
  const found: string[] = []
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push(`${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`)
  }
  for (const sum of SUMS) same(sum, cli['total'][sum], api[sum])
  same('apart', cli['apart'], api['apart'])
  same('policies', cli['policies'].map((p: Json) => p['policy']).sort(), api['lines'].map((l: Json) => l['name']).sort())
  for (const line of api['lines'] as Json[]) {
    const one = (cli['policies'] as Json[]).find((p) => p['policy'] === line['name'])
    if (one === undefined) continue
    for (const key of ['standing', 'amount']) same(`${line['name']} ${key}`, one[key], line[key])
    for (const sum of SUMS) same(`${line['name']} ${sum}`, one['counts'][sum], line[sum])
  }
  return found
}
