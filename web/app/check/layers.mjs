/**
 * app -> features -> ui -> api -> domain; a feature knows no other feature. Usage: node check/layers.mjs
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const MAY = {
  main: ['app', 'ui', 'api'],
  app: ['app', 'features', 'ui', 'api', 'domain'],
  features: ['ui', 'api', 'domain'],
  ui: ['ui', 'api', 'domain'],
  api: ['api', 'domain'],
  domain: ['domain'],
}

const src = resolve('src')
const files = readdirSync(src, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name) && name !== 'api/generated.ts')
  .map((name) => join(src, name))

const layerOf = (path) => {
  const [layer, feature] = relative(src, path).split('/')
  return layer.startsWith('main') ? ['main'] : [layer, feature]
}

let faults = 0
for (const path of files) {
  const [layer, feature] = layerOf(path)
  const text = readFileSync(path, 'utf8')
  for (const [, from] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^'?]*)'/g)) {
    const [to, other] = layerOf(resolve(dirname(path), from))
    const own = layer === 'features' && to === 'features' && other === feature
    if (own || MAY[layer]?.includes(to)) continue
    console.error(`${relative('.', path)}: ${layer} may not use ${from}`)
    faults += 1
  }
  if (text.split('\n').length > 500) {
    console.error(`${relative('.', path)}: more than 500 lines`)
    faults += 1
  }
}
process.exit(faults > 0 ? 1 : 0)
