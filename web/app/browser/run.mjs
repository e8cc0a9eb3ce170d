/**
 * Journeys in a real browser against a real server. Usage: GECI=http://… node browser/run.mjs [NAME...]
 * The last line is `N passed, N failed, N skipped`.
 */
import { readdirSync } from 'node:fs'
import { open, picture } from './browser.mjs'

const wanted = process.argv.slice(2)
const here = new URL('.', import.meta.url)
const all = await Promise.all(
  readdirSync(here)
    .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
    .sort()
    .map((file) => import(new URL(file, here))),
)
const modules = all.filter((one) => one.journey)

const pages = (of) => of.contexts().flatMap((context) => context.pages())

const unknown = wanted.filter((one) => !modules.some(({ name }) => name === one))
if (unknown.length > 0) {
  console.log(`没有这些走法 / no such journeys: ${unknown.join(', ')}`)
  console.log(`有 / there are: ${modules.map(({ name }) => name).join(' ')}`)
  process.exit(2)
}

let [passed, failed] = [0, 0]
const browser = await open()
for (const { name, journey, onlyAsked } of modules) {
  if (wanted.length > 0 ? !wanted.includes(name) : onlyAsked) continue
  const begun = Date.now()
  try {
    await journey(browser)
    passed += 1
    console.log(`ok   ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  } catch (error) {
    if (process.env.STACK) console.log(error.stack)
    failed += 1
    console.log(`FAIL ${name}: ${error.message}`)
    for (const [at, page] of pages(browser).entries()) await picture(page, `${name}-failed-${at + 1}`)
  } finally {
    for (const context of browser.contexts()) await context.close()
  }
}
await browser.close()
console.log(`${passed} passed, ${failed} failed, 0 skipped`)
process.exit(failed > 0 ? 1 : 0)
