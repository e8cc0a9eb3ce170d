// whatif.mjs - the questions of whatif.c to the engine in WebAssembly, by its wrapper, under node.
// Usage: whatif.mjs GECI.wasm BENCH DIR RUNS. Milliseconds of wall time: what a slider feels.
import { readFileSync } from 'node:fs';
import { load } from '../web/engine/geci.js';

const [wasm, bench, dir, runs] = process.argv.slice(2);
const text = readFileSync(`${bench}/scoring.md`, 'utf8');
const data = readFileSync(`${dir}/data.csv`, 'utf8');
const csv = readFileSync(`${bench}/names.csv`, 'utf8') + data.slice(data.indexOf('\n') + 1);
const revised = text.replace('| 研发规模 | 9 |', '| 研发规模 | 8 |');

const engine = await load(readFileSync(wasm));
const scores = engine.rules(text).score(csv, { asOf: '2026-11-22' });
const id = (i) => scores.ids[(i * 7919) % scores.ids.length];

const questions = {
  frozen: (i) => scores.whatif(id(i), { 研发费用: 500 }),
  reranked: (i) => scores.whatif(id(i), { 研发费用: 500 }, { rerank: true }),
  county: () => {
    const rules = engine.rules(revised);
    scores.again(rules).close();
    rules.close();
  },
  explained: (i) => scores.explain(id(i)),
};

const took = Object.fromEntries(Object.keys(questions).map((name) => [name, []]));
for (let i = 0; i < 200; i++) questions.frozen(i);
for (let i = 1; i <= +runs; i++)
  for (const [name, ask] of Object.entries(questions)) {
    const from = performance.now();
    ask(i);
    took[name].push(performance.now() - from);
  }
console.log(`WebAssembly, ${scores.ids.length} subjects, ${runs} rounds: wall ms, median (least .. most)`);
for (const [name, ms] of Object.entries(took)) {
  ms.sort((a, b) => a - b);
  const [median, least, most] = [ms[ms.length >> 1], ms[0], ms.at(-1)].map((x) => x.toFixed(2));
  console.log(`${name.padEnd(10)} ${median.padStart(10)}  (${least} .. ${most})`);
}
