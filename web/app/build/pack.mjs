/**
 * Compresses what Vite built and writes it down as C: what the program carries.
 * Usage: node build/pack.mjs DIST OUT. Makes OUT/assets.S (the bytes) and OUT/web_table.h (the table).
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

const [dist, out] = process.argv.slice(2).map((path) => resolve(path))

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })
}

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })

/** Only what gets smaller by a tenth is worth it. */
const worth = (packed, bytes) => (packed.length < bytes.length * 0.9 ? packed : Buffer.alloc(0))

const packed = join(out, 'packed')
mkdirSync(packed, { recursive: true })
const assembly = ['/* Made by build/pack.mjs. */', '.section .rodata']
const rows = []
let total = 0

const assets = files(dist)
  .map((path) => ({ path, name: `/${relative(dist, path).replaceAll('\\', '/')}` }))
  .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))

const text = (of) => `{"${of}", ${Buffer.byteLength(of)}}`

function put(symbol, bytes) {
  if (bytes.length === 0) return '{NULL, 0}'
  writeFileSync(join(packed, symbol), bytes)
  assembly.push(`.global ${symbol}`, '.balign 16', `${symbol}:`, `.incbin "${join(packed, symbol)}"`)
  return `{${symbol}, ${bytes.length}}`
}

for (const [at, { path, name }] of assets.entries()) {
  const bytes = readFileSync(path)
  const type = TYPES[extname(name)]
  if (!type) throw new Error(`no content type for ${name}`)
  const br = worth(brotli(bytes), bytes)
  const gz = worth(gzipSync(bytes, { level: 9 }), bytes)
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
  const kept = name.startsWith('/assets/')
  rows.push(
    `    {${text(name)}, ${text(type)}, ${text(etag)}, ${kept}, ${put(`web_${at}`, bytes)}, ${put(`web_${at}_gz`, gz)}, ${put(`web_${at}_br`, br)}},`,
  )
  total += br.length || bytes.length
}

const externs = assembly
  .filter((line) => line.startsWith('.global'))
  .map((line) => `extern const char ${line.slice(8)}[];`)
writeFileSync(
  join(out, 'web_table.h'),
  [
    '/* Made by build/pack.mjs. */',
    ...externs,
    'static const struct http_asset ASSETS[] = {',
    ...rows,
    '};',
    '',
  ].join('\n'),
)
const digest = createHash('sha256').update(rows.join('\n')).digest('hex')
writeFileSync(
  join(out, 'assets.S'),
  [...assembly, '.section .note.GNU-stack,"",@progbits', `/* ${digest} */`, ''].join('\n'),
)
console.log(`web: ${assets.length} files, ${Math.round(total / 1024)} KB compressed`)
