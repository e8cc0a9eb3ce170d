/**
 * The way from a screen to its page of the guide. Usage: node check/help.mjs
 * - each `help` is a page of docs/guide, and what stands behind # a heading of it;
 * - each screen has one, those for anybody too; only the guide itself needs none.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const GUIDE = '../../docs/guide'
const read = (folder, name) => readFileSync(join(folder, name), 'utf8')

/** As ui/Markdown makes them. */
const anchorOf = (heading) => heading.split(' · ').at(-1).trim().toLowerCase().replace(/\s+/g, '-')
const pages = Object.fromEntries(
  readdirSync(GUIDE)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [
      name.slice(0, -3),
      read(GUIDE, name)
        .match(/^#+ .*/gm)
        .map((line) => anchorOf(line.replace(/^#+ /, ''))),
    ]),
)

let faults = 0
const tell = (text) => {
  console.error(text)
  faults += 1
}

for (const name of readdirSync('src/features', { recursive: true }).filter((one) => one.endsWith('.tsx'))) {
  const text = read('src/features', name)
  const links = [
    ...text.matchAll(/\bhelp(?:=|: )(?:\{\w+ \? )?['"]([^'"]+)['"](?: : ['"]([^'"]+)['"])?/g),
  ].flatMap(([, one, other]) => (other ? [one, other] : [one]))
  for (const link of links) {
    const [page, anchor] = link.split('#')
    if (!pages[page]) tell(`${name}: docs/guide/${page}.md is not there`)
    else if (anchor && !pages[page].includes(anchor))
      tell(`${name}: docs/guide/${page}.md has no heading ${anchor}`)
  }
  const screen = /<(Page|ListPage|RecordPage)\b/.test(text)
  if (screen && links.length === 0 && !name.startsWith('help/')) tell(`${name}: a screen without help`)
}
process.exit(faults > 0 ? 1 : 0)
