import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { verbs } from './verbs.words'

it('has words for every act of the API', () => {
  const contract = '../../src/api/contract'
  const acts = readdirSync(contract)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => [...readFileSync(`${contract}/${name}`, 'utf8').matchAll(/^ {2}act +(\w+\.\w+)$/gm)])
    .map(([, verb]) => verb!)
  expect(acts.length).toBeGreaterThan(50)
  expect(acts.filter((verb) => !(verbs as readonly string[]).includes(verb))).toEqual([])
})
