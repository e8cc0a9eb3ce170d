// The wrapper by itself: what it throws, what it gives back, what survives a stop.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { GeciError, load } from '../../web/engine/geci.js';

const TEXT = readFileSync('examples/embed/研发积分.md', 'utf8');
const CSV = readFileSync('examples/embed/企业.csv', 'utf8');
const WHEN = { asOf: '2026-11-22', year: 2025 };
const MiB = 2 ** 20;

/** A GeciError of this status, whose messages have these words. */
const error = (status, ...words) => (e) =>
  e instanceof GeciError && e.status === status && words.every((word) => e.messages.includes(word));

/** A text in GB18030, by the decoder: ASCII and the codes of two bytes. */
function gb18030(text) {
  const decoder = new TextDecoder('gb18030');
  const code = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) code.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Uint8Array.from(Array.from(text).flatMap((c) => code.get(c) ?? [c.charCodeAt(0)]));
}

const tests = {
  'a value, a column, a reason, a what-if': async (bytes) => {
    const engine = await load(bytes);
    const rules = engine.rules(TEXT, { name: '研发积分.md' });
    assert.deepEqual([rules.ok, rules.status, rules.examples], [true, 'example', 1]);
    assert.deepEqual(rules.fields, ['研发费用', '销售收入']);
    assert.equal(rules.items[0].name, '研发投入');
    const scores = rules.score(CSV, { asOf: '2026-11-22' });
    assert.deepEqual([scores.year, scores.ids], [2025, ['E1', 'E2', 'E3']]);
    assert.deepEqual(scores.value('E3', '研发投入'), { low: '0', high: '50' });
    assert.deepEqual(scores.column('研发投入').shown, ['50', '30', '0~50']);
    assert.deepEqual(scores.numbers('研发投入', 2).high, [5000n, 3000n, 5000n]);
    assert.match(scores.explain('E2'), /研发费用/);
    assert.equal(JSON.parse(scores.explain('E2', 'json')).id, 'E2');
    assert.deepEqual(scores.whatif('E2', { 研发费用: '600万元' }).changes, [
      {
        item: '研发投入',
        before: { low: '30', high: '30', shown: '30' },
        after: { low: '50', high: '50', shown: '50' },
      },
    ]);
    assert.deepEqual(scores.whatif('E2', []).changes, []);
  },
  'a revision scores the same facts again': async (bytes) => {
    const engine = await load(bytes);
    const rules = engine.rules(TEXT);
    const scores = rules.score(CSV, WHEN);
    const revised = engine.rules(TEXT.replace('| 50 |', '| 40 |'));
    const again = scores.again(revised);
    rules.close(); // what is used by others lives on
    scores.close();
    assert.deepEqual([again.year, again.ids], [2025, ['E1', 'E2', 'E3']]);
    assert.deepEqual(again.column('研发投入').shown, ['40', '30', '0~40']);
    assert.deepEqual(again.column('研发投入'), revised.score(CSV, WHEN).column('研发投入'));
    const other = engine.rules(TEXT.replaceAll('研发费用', '研发支出'));
    assert.throws(() => again.again(other), error('gone', 'again'));
  },
  'columns give what a CSV gives': async (bytes) => {
    const rules = (await load(bytes)).rules(TEXT);
    const csv = rules.score(CSV, WHEN).column('研发投入');
    const table = {
      ids: ['E1', 'E2', 'E3'],
      columns: {
        研发费用: { mantissa: new BigInt64Array([61200n, 35000n, 7n]), scale: 2, valid: [true, true, false] },
        '销售收入(元)': ['9800万元', '98,000,000', '98000000'],
      },
    };
    assert.deepEqual(rules.scoreTable(table, WHEN).column('研发投入'), csv);
    table.columns.研发费用 = ['612', '350', null];
    assert.deepEqual(rules.scoreTable(table, WHEN).column('研发投入'), csv);
    table.columns.研发费用 = ['612'];
    assert.throws(() => rules.scoreTable(table, WHEN), error('input', '研发费用'));
  },
  'what is wrong is told': async (bytes) => {
    const engine = await load(bytes);
    const bad = engine.rules('# 坏\n## 指标 甲\n- 式: 乙\n', { lang: 'en' });
    assert.equal(bad.ok, false);
    assert.match(bad.messages, /NAME-UNKNOWN/);
    assert.throws(() => bad.score(CSV, WHEN), error('input', 'NAME-UNKNOWN'));
    const rules = engine.rules(TEXT);
    assert.throws(() => rules.score('编号,研发费用\nE1,许多\n', WHEN), error('input', 'DATA-NUMBER'));
    assert.throws(() => rules.score(CSV, { asOf: 'today' }), error('input', 'DATA-DAY'));
    assert.throws(() => rules.score(CSV, { asOf: '2026-11-22\0' }), error('input'));
    assert.throws(() => rules.scoreExample(7), error('gone'));
    const scores = rules.score(CSV, WHEN);
    assert.throws(() => scores.value('E9', '研发投入'), error('gone', 'E9'));
    assert.throws(() => scores.shown('E1', '没有'), error('gone', '没有'));
    assert.throws(() => scores.numbers('研发投入', 18), error('limit'));
    assert.throws(() => scores.explain('E1', 'pdf'), error('input', 'pdf'));
    assert.throws(() => scores.whatif('E1', { 没有: 1 }), error('input', 'DATA-FIELD'));
    await assert.rejects(load(bytes, { memoryMax: 1 }), error('input', 'memoryMax'));
  },
  'what was closed says so, and rules outlive their scores': async (bytes) => {
    const rules = (await load(bytes)).rules(TEXT);
    const scores = rules.score(CSV, WHEN);
    rules.close();
    rules.close();
    assert.equal(scores.shown('E1', '研发投入'), '50');
    assert.match(scores.explain('E1'), /研发投入/);
    assert.throws(() => rules.score(CSV, WHEN), error('closed'));
    scores.close();
    assert.throws(() => scores.explain('E1'), error('closed'));
  },
  'memory is given back': async (bytes) => {
    const engine = await load(bytes);
    const once = () => {
      const rules = engine.rules(TEXT);
      const scores = rules.score(CSV, WHEN);
      for (const id of scores.ids) scores.explain(id, 'html');
      for (let i = 0; i < 20; i++) scores.whatif('E2', { 研发费用: i });
      try {
        rules.score('编号,研发费用\nE1,许多\n', WHEN);
      } catch {
        // its scores are closed by the wrapper
      }
      scores.close();
      rules.close();
    };
    for (let i = 0; i < 20; i++) once();
    const before = engine.memoryBytes;
    for (let i = 0; i < 100; i++) once();
    assert.equal(engine.memoryBytes, before);
  },
  'reasons do not pile up': async (bytes) => {
    const engine = await load(bytes);
    const scores = engine.rules(TEXT).score(CSV, WHEN);
    for (let i = 0; i < 50; i++) scores.explain('E1', 'html');
    const before = engine.memoryBytes;
    for (let i = 0; i < 500; i++) scores.explain(scores.ids[i % 3], 'html');
    assert.equal(engine.memoryBytes, before);
  },
  'memory that runs out stops one engine': async (bytes) => {
    const small = await load(bytes, { memoryMax: 4 * MiB });
    const rules = small.rules(TEXT);
    const big = `编号,研发费用,销售收入\n${Array.from({ length: 100000 }, (_, i) => `E${i},1,100\n`).join('')}`;
    assert.throws(() => rules.score(big, WHEN), error('stopped', 'out of memory'));
    assert.throws(() => rules.score(CSV, WHEN), error('stopped', 'out of memory'));
    rules.close();
    assert.ok(small.memoryBytes <= 4 * MiB && small.stopped.includes('out of memory'));
    const next = await small.fork();
    assert.equal(next.rules(TEXT).score(CSV, WHEN).shown('E1', '研发投入'), '50');
    assert.throws(() => small.rules(TEXT), error('stopped'));
  },
  'depth is refused, or stops the engine cleanly': async (bytes) => {
    const engine = await load(bytes);
    for (const [open, close] of [['(', ')'], ['非 ', ''], ['-', '']]) {
      const deep = `# 深\n## 指标 甲\n- 式: ${open.repeat(20000)}1${close.repeat(20000)}\n`;
      assert.equal(engine.rules(deep).ok, false);
    }
    assert.equal(engine.rules(TEXT).score(CSV, WHEN).shown('E1', '研发投入'), '50');
  },
  'bytes may be GB18030': async (bytes) => {
    const rules = (await load(bytes)).rules(TEXT);
    // long enough to be looked at in pieces, with a character across the first two
    const csv = CSV + Array.from({ length: 40000 }, (_, i) => `甲乙丙丁戊己庚辛${i},${i},98000\n`).join('');
    const utf8 = new TextEncoder().encode(csv);
    assert.equal(utf8[MiB] >> 6, 2);
    const told = rules.score(utf8, WHEN);
    const gb = rules.score(gb18030(csv), WHEN);
    assert.deepEqual(gb.ids, told.ids);
    assert.deepEqual(gb.column('研发投入'), told.column('研发投入'));
    assert.deepEqual(told.column('研发投入'), rules.score(csv, WHEN).column('研发投入'));
    assert.throws(() => rules.score(Uint8Array.of(0x69, 0xff), WHEN), error('input', 'ENC-BAD', '2'));
    assert.throws(() => rules.score(Uint8Array.of(0x69, 0xe7), WHEN), error('input', 'ENC-BAD', '2'));
  },
  'types name what there is': async () => {
    const types = readFileSync('web/engine/geci.d.ts', 'utf8');
    const { Engine, Rules, Scores } = await import('../../web/engine/geci.js');
    for (const made of [Engine, Rules, Scores])
      for (const name of Object.getOwnPropertyNames(made.prototype))
        assert.ok(types.includes(name), `${made.name}.${name} has no type`);
  },
};

export async function tryEngine(bytes, verdict) {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test(bytes);
      verdict(name, null);
    } catch (error) {
      verdict(name, error.stack);
    }
  }
}
