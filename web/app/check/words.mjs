/**
 * What is shown stands in catalogues (*.words.ts), in both languages. Usage: node check/words.mjs
 * - no Han characters anywhere else but in tests and comments;
 * - of each pair the first has Han characters unless both are the same, the second has none.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HAN = /\p{Script=Han}/u
const PAIR =
  /^\s*(?:['"]?[\w.-]+['"]?):\s*\[\s*(['"`])((?:\\.|(?!\1).)*)\1,\s*(['"`])((?:\\.|(?!\3).)*)\3,?\s*\],?/gmu

const files = readdirSync('src', { recursive: true })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.test.tsx'))
  .filter((name) => name !== 'api/generated.ts')

let faults = 0
const tell = (text) => {
  console.error(text)
  faults += 1
}

for (const name of files) {
  const text = readFileSync(join('src', name), 'utf8')
  if (!name.endsWith('.words.ts')) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
    code.split('\n').forEach((line) => {
      if (HAN.test(line)) tell(`src/${name}: words belong into a catalogue: ${line.trim()}`)
    })
    continue
  }
  for (const [all, , zh, , en] of text.matchAll(PAIR)) {
    if (zh !== en && !HAN.test(zh)) tell(`src/${name}: not Chinese: ${all.trim()}`)
    if (zh !== en && HAN.test(en)) tell(`src/${name}: not English: ${all.trim()}`)
    const values = (of) =>
      [...of.matchAll(/\{(\w+)\}/g)]
        .map((found) => found[1])
        .sort()
        .join()
    if (values(zh) !== values(en)) tell(`src/${name}: not the same values: ${all.trim()}`)
  }
}
process.exit(faults > 0 ? 1 : 0)
