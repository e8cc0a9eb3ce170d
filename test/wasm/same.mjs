// Is the engine in WebAssembly the native one, bit for bit? Usage: same.mjs GECI.wasm DUMP
// Writes what test/wasm/dump.c writes, by the wrapper, and compares; then engine.mjs tries the
// wrapper. Closes with `N passed, N failed, N skipped`.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { GeciError, load } from '../../web/engine/geci.js';
import { tryEngine } from './engine.mjs';

const [wasm, dump] = process.argv.slice(2);
const STEP = 41;
const SCALE = 4;
const STATUS = ['ok', 'input', 'limit', 'gone'];
const KINDS = ['number', 'truth', 'label', 'day'];
const BYTES_MAX = 400_000;

/** Runs `use`; what it throws as [status, messages]. */
function attempt(use) {
  try {
    return [0, '', use()];
  } catch (error) {
    if (!(error instanceof GeciError) || error.status === 'stopped') throw error;
    return [STATUS.indexOf(error.status), error.messages, null];
  }
}

function* tellNumbers(scores, item) {
  const [status, , n] = attempt(() => scores.numbers(item, SCALE));
  yield `numbers\t${item}\t${status}\n`;
  if (n)
    for (let i = 0; i < n.low.length; i++)
      yield `${n.low[i] ?? 0} ${+(n.low[i] !== null)} ${n.high[i] ?? 0} ${+(n.high[i] !== null)}\n`;
}

function* tellWhatif(rules, scores, id, others) {
  for (const field of rules.fields) {
    const set = `${field}=1`;
    const [status, wrong, w] = attempt(() => scores.whatif(id, [set], { rerank: others === 1 }));
    yield `whatif\t${id}\t${set}\t${others}\t${status}\n${w ? w.messages : wrong}`;
    for (const { item, after } of w ? w.changes : [])
      yield `${item}\t${after.low}\t${after.high}\t${after.shown}\n`;
  }
}

function* tellScores(rules, score) {
  const [status, wrong, scores] = attempt(score);
  const ids = scores ? scores.ids : [];
  yield `scores\t${status}\t${scores ? scores.year : 0}\t${ids.length}\n${scores ? scores.messages : wrong}`;
  for (const { name, kind, scale } of rules.items) {
    yield `item\t${name}\t${KINDS.indexOf(kind)}\t${scale}\n`;
    if (!scores) continue;
    const { low, high, shown } = scores.column(name);
    for (let i = 0; i < ids.length; i++) yield `${ids[i]}\t${low[i]}\t${high[i]}\t${shown[i]}\n`;
    if (kind === 'number') yield* tellNumbers(scores, name);
  }
  for (let i = 0; i < ids.length; i += STEP)
    for (const [at, format] of ['text', 'json', 'html'].entries())
      yield `explain\t${ids[i]}\t${at}\n${scores.explain(ids[i], format)}\n`;
  if (ids.length > 0) {
    yield* tellWhatif(rules, scores, ids[0], 0);
    yield* tellWhatif(rules, scores, ids.at(-1), 1);
    scores.close();
  }
}

function* tell(engine, [kind, ...words]) {
  const [csv, asOf, year] = kind === 'csv' ? words.splice(0, 3) : [];
  for (const path of words) {
    const rules = engine.rules(readFileSync(path), { name: path, lang: csv ? 'zh' : 'en' });
    yield `rules\t${path}\t${rules.ok ? 0 : 1}\t${rules.hash}\t${rules.status}\n${rules.messages}`;
    if (csv) yield* tellScores(rules, () => rules.score(readFileSync(csv), { asOf, year: +year }));
    else
      for (let i = 0; i < rules.examples; i++)
        yield* tellScores(rules, () => rules.scoreExample(i, { asOf: '2026-01-01' }));
    rules.close();
  }
}

/** The first line that differs, or null. */
function difference(native, other) {
  if (native === other) return null;
  const a = native.split('\n');
  const b = other.split('\n');
  const at = a.findIndex((line, i) => line !== b[i]);
  const head = a.slice(0, at + 1).findLast((line) => /^(rules|item|explain|whatif|numbers)\t/.test(line));
  return `line ${at + 1} under ${head}\n    native ${a[at]}\n    wasm   ${b[at]}`;
}

const folder = (path) =>
  readdirSync(path).filter((f) => f.endsWith('.md') && f !== 'README.md').sort().map((f) => `${path}/${f}`);
const packs = ['examples', 'national', 'reference', 'zhangjiagang'].map((f) => folder(`packs/${f}`));
const jobs = [
  ...packs.flat().map((doc) => ['example', doc]),
  ...folder('packs/national').map((doc) => ['csv', 'packs/sample/enterprises.csv', '2026-06-30', '2025', doc]),
  ...folder('test/golden/explain').map((doc) => ['csv', doc.replace(/md$/, 'csv'), '2026-01-01', '0', doc]),
];

let passed = 0;
let failed = 0;
let lines = 0;
function verdict(name, wrong) {
  if (wrong) console.log(`FAILED: ${name}: ${wrong}`);
  wrong ? failed++ : passed++;
}

const bytes = readFileSync(wasm);
verdict('size', bytes.length > BYTES_MAX ? `${bytes.length} bytes, more than ${BYTES_MAX}` : null);
const engine = await load(bytes);
for (const job of jobs) {
  const native = execFileSync(dump, job, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  lines += native.split('\n').length;
  try {
    verdict(job.join(' '), difference(native, [...tell(engine, job)].join('')));
  } catch (error) {
    verdict(job.join(' '), error.stack);
  }
}
await tryEngine(bytes, verdict);
console.log(`${lines} lines compared, ${bytes.length} bytes, ${engine.memoryBytes >> 20} MiB`);
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
