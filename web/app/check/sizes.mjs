/**
 * What a screen makes a browser load, in bytes of brotli. Usage: node check/sizes.mjs DIST
 * A screen is its own file and all that it names, and the entry with all that it names.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const BUDGET = { SubjectList: 320, SubjectPage: 470, all: 1200 } // KiB
const dist = process.argv[2]
const assets = join(dist, 'assets')
const names = readdirSync(assets)
const packed = new Map(
  names.map((name) => [name, brotliCompressSync(readFileSync(join(assets, name))).length]),
)

/** Static imports of a chunk. */
const imports = (name) =>
  name.endsWith('.js')
    ? [
        ...readFileSync(join(assets, name), 'utf8').matchAll(
          /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g,
        ),
      ].map((found) => found[1])
    : []

function load(name, seen) {
  if (seen.has(name) || !packed.has(name)) return seen
  seen.add(name)
  for (const next of imports(name)) load(next, seen)
  return seen
}

const html = readFileSync(join(dist, 'index.html'), 'utf8')
const entry = [...html.matchAll(/\/assets\/([\w.-]+)/g)].map((found) => found[1])
const sum = (seen) => [...seen].reduce((total, name) => total + packed.get(name), 0) / 1024

let over = 0
function check(what, kibibytes) {
  const budget = BUDGET[what]
  console.log(`${what}: ${kibibytes.toFixed(0)} KiB of ${budget}`)
  if (kibibytes > budget) over += 1
}

for (const screen of ['SubjectList', 'SubjectPage']) {
  const seen = new Set()
  for (const name of entry) load(name, seen)
  for (const name of names.filter((one) => one.startsWith(`${screen}-`))) load(name, seen)
  // Charts are loaded when they are shown, and count for the screen that shows them.
  if (screen === 'SubjectPage')
    for (const name of names.filter((one) => one.startsWith('echarts-'))) load(name, seen)
  check(screen, sum(seen))
}
check('all', sum(new Set(names)))
process.exit(over > 0 ? 1 : 0)
