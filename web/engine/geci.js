/**
 * The geci engine in JavaScript: rule documents compiled and evaluated exactly, in a browser or in
 * node (18 or later), without a server. No dependencies.
 *
 *     import { load } from './geci.js';
 *     const engine = await load(await readFile('geci.wasm'));      // in a browser: load(fetch(url))
 *     const rules = engine.rules(text, { name: '办法.md' });
 *     if (!rules.ok) console.log(rules.messages);
 *     const scores = rules.score(csv, { asOf: '2026-11-22', year: 2025 });
 *     scores.value('91320582MA1W9P5P17', '总分');                   // { low: '61', high: '78' }
 *     scores.explain('91320582MA1W9P5P17');
 *     scores.whatif('91320582MA1W9P5P17', { 研发费用: '600万元' }).changes;
 *
 * Numbers are decimal texts, never JavaScript numbers: those are binary and would round.
 * Objects of one engine share one memory. They are closed by close(), by `using`, or when they are
 * collected. Should the engine stop (memory ran out, or a fault of ours), every call to it throws a
 * GeciError of status 'stopped'; other engines are not touched: engine.fork() gives a fresh one.
 */

const PAGE = 65536;
/** What the module asks for to begin with; tools/wasm.sh has the same figure. */
const INITIAL_PAGES = 32;
const STATUS = ['ok', 'input', 'limit', 'gone'];
const KINDS = ['number', 'truth', 'label', 'day'];
const FORMATS = { text: 0, json: 1, html: 2 };
const SCALE_MAX = 18;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What went wrong: `status` for programs, `messages` for people (as `geci check` prints them). */
export class GeciError extends Error {
  /**
   * @param {'input'|'limit'|'gone'|'stopped'|'closed'} status
   * @param {string} messages
   */
  constructor(status, messages) {
    super(messages.trim() || status);
    this.name = 'GeciError';
    this.status = status;
    this.messages = messages;
  }
}

const PIECE = 1 << 20;

function isUtf8(bytes) {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      strict.decode(bytes.subarray(at, at + PIECE), { stream: true });
    strict.decode();
    return true;
  } catch {
    return false;
  }
}

/**
 * Bytes in GB18030 as UTF-8: the module has no tables for that. What is neither stays as it is, and
 * the engine says where it is wrong.
 */
function utf8Of(bytes) {
  if (isUtf8(bytes)) return bytes;
  try {
    return encoder.encode(new TextDecoder('gb18030', { fatal: true }).decode(bytes));
  } catch {
    return bytes;
  }
}

/** One instance of the module: calls that notice when it has stopped, and its memory. */
class Core {
  constructor(instance, memory) {
    this.exports = instance.exports;
    this.memory = memory;
    this.stopped = '';
    this.call('_initialize');
  }

  call(name, ...args) {
    if (this.stopped) throw new GeciError('stopped', this.stopped);
    try {
      return this.exports[name](...args);
    } catch (error) {
      throw this.stop(error);
    }
  }

  stop(error) {
    let why = '';
    try {
      why = this.text(this.exports.geci_wasm_stopped());
    } catch {
      // the stack may be used up; then the host's own words have to do
    }
    this.stopped = `the engine has stopped: ${why || error.message}`;
    return new GeciError('stopped', this.stopped);
  }

  get bytes() {
    return new Uint8Array(this.memory.buffer);
  }

  /** The text with a NUL behind it that a pointer leads to; null for NULL. */
  text(pointer) {
    if (pointer === 0) return null;
    const at = pointer >>> 0;
    const bytes = this.bytes;
    return decoder.decode(bytes.subarray(at, bytes.indexOf(0, at)));
  }

  texts(pointer, n) {
    return Array.from(new Uint32Array(this.memory.buffer, pointer >>> 0, n), (p) => this.text(p));
  }

  /** Copies bytes in; they live until the call that they are for returns. */
  put(bytes) {
    const at = this.call('geci_wasm_room', bytes.length) >>> 0;
    this.bytes.set(bytes, at);
    return at;
  }

  putText(text) {
    if (text.includes('\0')) throw new GeciError('input', `NUL in ${JSON.stringify(text)}`);
    return this.put(encoder.encode(`${text}\0`));
  }

  putWords(words) {
    const array = Uint32Array.from(words);
    return this.put(new Uint8Array(array.buffer));
  }

  /** An array of pointers to texts; null and undefined are NULL. */
  putTexts(texts) {
    const given = texts.map((text) => (text === null || text === undefined ? '' : String(text)));
    if (given.some((text) => text.includes('\0'))) throw new GeciError('input', 'NUL in a text');
    const bytes = encoder.encode(given.map((text) => `${text}\0`).join(''));
    const at = this.put(bytes);
    const pointers = new Uint32Array(texts.length);
    for (let i = 0, from = 0; i < texts.length; i++) {
      pointers[i] = at + from;
      from = bytes.indexOf(0, from) + 1;
    }
    return this.put(new Uint8Array(pointers.buffer));
  }

  /** Runs `use` with room for `n` words that a call fills; all that was put goes afterwards. */
  with(n, use) {
    try {
      const out = this.putWords(new Array(n).fill(0));
      return use(out, (i) => new Uint32Array(this.memory.buffer, out, n)[i]);
    } finally {
      if (!this.stopped) this.call('geci_wasm_clear');
    }
  }
}

/**
 * A pointer with its owners. What is used by others is freed after them, whatever the order in which
 * they are closed or collected.
 */
class Handle {
  constructor(core, pointer, free, ...owners) {
    Object.assign(this, { core, pointer, free, owners, users: 0, released: false });
    for (const owner of owners) owner.users++;
  }

  get live() {
    if (this.released) throw new GeciError('closed', 'this object was closed');
    return this.pointer;
  }

  release() {
    this.released = true;
    this.freeUnused();
  }

  freeUnused() {
    if (!this.released || this.users > 0 || this.pointer === 0) return;
    const pointer = this.pointer;
    this.pointer = 0;
    if (!this.core.stopped) this.core.call(this.free, pointer);
    for (const owner of this.owners) {
      owner.users--;
      owner.freeUnused();
    }
  }
}

const collected = new FinalizationRegistry((handle) => handle.release());

class Closable {
  #handle;

  constructor(handle) {
    this.#handle = handle;
    collected.register(this, handle, handle);
  }

  /** Gives the memory back now; the object cannot be used any more. Twice is fine. */
  close() {
    collected.unregister(this.#handle);
    this.#handle.release();
  }
}
if (Symbol.dispose) Closable.prototype[Symbol.dispose] = Closable.prototype.close;

function settle(core, handle, status, messages) {
  if (status === 0) return;
  const said = core.text(core.call(messages, handle.pointer));
  handle.release();
  throw new GeciError(STATUS[status], said);
}

/** Subjects scored by a rule document. Made by Rules. */
export class Scores extends Closable {
  #handle;
  #core;
  #index;
  #texts = new Map();
  #shown = new Map();

  constructor(handle, before = null) {
    super(handle);
    const core = handle.core;
    this.#handle = handle;
    this.#core = core;
    this.messages = core.text(core.call('geci_scores_messages', handle.pointer));
    this.year = core.call('geci_scores_year', handle.pointer);
    this.ids = before ? before.ids : this.#listIds();
    this.#index = before ? before.#index : new Map(this.ids.map((id, i) => [id, i]));
  }

  #listIds() {
    const n = this.#core.call('geci_subject_n', this.#handle.pointer);
    const id = (i) => this.#core.text(this.#core.call('geci_subject_id', this.#handle.pointer, i));
    return Object.freeze(Array.from({ length: n }, (_, i) => id(i)));
  }

  /**
   * The same facts under `rules`, a revision: what nothing revised reaches is taken from here.
   * Throws ('gone') where fields or texts of the document differ; score the facts anew then.
   */
  again(rules) {
    const pointer = this.#handle.live;
    const core = this.#core;
    return core.with(1, (at, word) => {
      const owner = ruleHandle(rules);
      const status = core.call('geci_score_again', at, pointer, owner.live);
      const handle = new Handle(core, word(0), 'geci_scores_close', owner, this.#handle);
      settle(core, handle, status, 'geci_scores_messages');
      return new Scores(handle, this);
    });
  }

  #row(id) {
    const row = this.#index.get(id);
    if (row === undefined) throw new GeciError('gone', `no subject ${id}`);
    return row;
  }

  #column(cache, item, call, out) {
    const pointer = this.#handle.live;
    if (!cache.has(item))
      cache.set(
        item,
        this.#core.with(out, (at, word) => {
          const words = Array.from({ length: out }, (_, i) => at + 4 * i);
          const status = this.#core.call(call, pointer, this.#core.putText(item), ...words);
          if (status !== 0) throw new GeciError(STATUS[status], `no item ${item}`);
          return words.map((_, i) => this.#core.texts(word(i), this.ids.length));
        }),
      );
    return cache.get(item);
  }

  /** All subjects of one item, in the order of `ids`. */
  column(item) {
    const [low, high] = this.#column(this.#texts, item, 'geci_column_texts', 2);
    const [shown] = this.#column(this.#shown, item, 'geci_column_shown', 1);
    return { low: low.slice(), high: high.slice(), shown: shown.slice() };
  }

  /** The value of an item for a subject as decimal texts; '' is an end without bound. */
  value(id, item) {
    const row = this.#row(id);
    const [low, high] = this.#column(this.#texts, item, 'geci_column_texts', 2);
    return { low: low[row], high: high[row] };
  }

  /** The value as people read it: '61~78', '符合', '5.2%'. */
  shown(id, item) {
    const row = this.#row(id);
    return this.#column(this.#shown, item, 'geci_column_shown', 1)[0][row];
  }

  /** A column of numbers as mantissas with `scale` decimals; null is an end without bound. */
  numbers(item, scale) {
    const pointer = this.#handle.live;
    const core = this.#core;
    return core.with(5, (at, word) => {
      const status = core.call('geci_column_numbers', pointer, core.putText(item), scale, at);
      if (status !== 0)
        throw new GeciError(STATUS[status], `${item} with ${scale} decimals: see geci_column_numbers`);
      const n = word(0);
      const has = (i) => new Uint8Array(core.memory.buffer, word(i), Math.ceil(n / 8));
      const end = (i) =>
        Array.from(new BigInt64Array(core.memory.buffer, word(i), n), (m, row) =>
          (has(i + 2)[row >> 3] >> (row & 7)) & 1 ? m : null,
        );
      return { low: end(1), high: end(2) };
    });
  }

  /** Why: the whole tree of reasons of a subject, as text, as JSON (a string) or as HTML. */
  explain(id, format = 'text') {
    const pointer = this.#handle.live;
    this.#row(id);
    if (!(format in FORMATS)) throw new GeciError('input', `format ${format}: text, json or html`);
    const core = this.#core;
    return core.with(0, () =>
      core.text(core.call('geci_explain', pointer, core.putText(id), FORMATS[format])),
    );
  }

  /**
   * What a subject would come to, were some facts others. `set` is { field: value } or a list of
   * 'field=value'; `field@2023` for another year, '' for missing.
   */
  whatif(id, set, { rerank = false } = {}) {
    const pointer = this.#handle.live;
    this.#row(id);
    const core = this.#core;
    const list = Array.isArray(set) ? set : Object.entries(set).map(([f, v]) => `${f}=${v ?? ''}`);
    const { messages, changes } = core.with(2, (at, word) => {
      const sets = core.putTexts(list);
      const name = core.putText(id);
      const how = rerank ? 1 : 0;
      const status = core.call('geci_whatif_open', at, pointer, name, sets, list.length, how);
      const handle = new Handle(core, word(0), 'geci_whatif_close');
      settle(core, handle, status, 'geci_whatif_messages');
      try {
        return outcome(core, handle.pointer, at, word);
      } finally {
        handle.release();
      }
    });
    const before = (item) => ({ ...this.value(id, item), shown: this.shown(id, item) });
    return {
      messages,
      changes: changes.map(({ item, after }) => ({ item, before: before(item), after })),
    };
  }
}

/** What a what-if says of the items that differ; two words at `at` are free to be filled. */
function outcome(core, pointer, at, word) {
  const changes = [];
  const n = core.call('geci_whatif_change_n', pointer);
  for (let i = 0; i < n; i++) {
    const name = core.call('geci_whatif_change', pointer, i);
    core.call('geci_whatif_value', pointer, name, at, at + 4);
    const [low, high] = [core.text(word(0)), core.text(word(1))];
    const shown = core.text(core.call('geci_whatif_shown', pointer, name));
    changes.push({ item: core.text(name), after: { low, high, shown } });
  }
  return { messages: core.text(core.call('geci_whatif_messages', pointer)), changes };
}

/** The handle of rules, for scores that are theirs as well. */
let ruleHandle;

/** A compiled rule document. Made by Engine. */
export class Rules extends Closable {
  #handle;
  #core;

  static {
    ruleHandle = (rules) => rules.#handle;
  }

  constructor(handle, ok) {
    super(handle);
    const core = handle.core;
    const p = handle.pointer;
    this.#handle = handle;
    this.#core = core;
    const list = (n, at) => Object.freeze(Array.from({ length: core.call(n, p) }, (_, i) => at(i)));
    this.ok = ok;
    this.messages = core.text(core.call('geci_rules_messages', p));
    this.hash = core.text(core.call('geci_rules_hash', p));
    this.status = core.text(core.call('geci_rules_status', p));
    this.examples = core.call('geci_example_n', p);
    this.fields = list('geci_field_n', (i) => core.text(core.call('geci_field_name', p, i)));
    this.items = list('geci_item_n', (i) =>
      Object.freeze({
        name: core.text(core.call('geci_item_name', p, i)),
        kind: KINDS[core.call('geci_item_kind', p, i)],
        scale: core.call('geci_item_scale', p, i),
      }),
    );
  }

  #score(call, args) {
    const rules = this.#handle.live;
    const core = this.#core;
    return core.with(1, (at, word) => {
      const status = core.call(call, at, rules, ...args(core));
      const handle = new Handle(core, word(0), 'geci_scores_close', this.#handle);
      settle(core, handle, status, 'geci_scores_messages');
      return new Scores(handle);
    });
  }

  /** Scores a CSV of facts: a string, or bytes in UTF-8 or (by the host's TextDecoder) GB18030. */
  score(csv, { asOf, year = 0 }) {
    const bytes = typeof csv === 'string' ? encoder.encode(csv) : utf8Of(new Uint8Array(csv));
    return this.#score('geci_score_csv', (core) => [
      core.put(bytes),
      bytes.length,
      core.putText(asOf),
      year,
    ]);
  }

  /**
   * Scores columns in memory. `columns` is { head: cells } where the cells are texts as in a CSV
   * (null is missing), or { mantissa: BigInt64Array, scale, valid: boolean[] }.
   */
  scoreTable({ ids, columns }, { asOf, year = 0 }) {
    const given = Object.entries(columns);
    for (const [head, cells] of given) {
      const n = (Array.isArray(cells) ? cells : cells.mantissa).length;
      if (n !== ids.length || (cells.valid && cells.valid.length !== n))
        throw new GeciError('input', `${head}: ${n} cells for ${ids.length} subjects`);
    }
    return this.#score('geci_score_table', (core) => {
      const words = given.flatMap(([head, cells]) => columnWords(core, head, cells));
      const table = [ids.length, core.putTexts(ids), given.length, core.putWords(words)];
      return [core.putWords(table), core.putText(asOf), year];
    });
  }

  /** Scores an example table of the document itself, 0 .. examples - 1: subjects '1', '2' .. */
  scoreExample(example, { asOf = '' } = {}) {
    return this.#score('geci_score_example', (core) => [example, core.putText(asOf)]);
  }
}

/** A struct geci_column. */
function columnWords(core, head, cells) {
  if (Array.isArray(cells)) return [core.putText(head), core.putTexts(cells), 0, 0, 0];
  const { mantissa, scale = 0, valid } = cells;
  if (!(scale >= 0 && scale <= SCALE_MAX))
    throw new GeciError('input', `${head}: a scale of ${scale} is none of 0 to ${SCALE_MAX}`);
  const bytes = new Uint8Array(mantissa.buffer, mantissa.byteOffset, mantissa.byteLength);
  let mask = 0;
  if (valid) {
    const bits = new Uint8Array(Math.ceil(valid.length / 64) * 8);
    valid.forEach((has, i) => {
      if (has) bits[i >> 3] |= 1 << (i & 7);
    });
    mask = core.put(bits);
  }
  return [core.putText(head), 0, core.put(bytes), scale, mask];
}

/** An instance of the engine, with a memory of its own. */
export class Engine {
  #core;
  #module;
  #options;

  constructor(core, module, options) {
    this.#core = core;
    this.#module = module;
    this.#options = options;
    this.version = core.text(core.call('geci_version'));
  }

  /** Bytes of memory that the engine holds. It grows to what its largest job took, and stays. */
  get memoryBytes() {
    return this.#core.memory.buffer.byteLength;
  }

  /** Why the engine has stopped, or ''. */
  get stopped() {
    return this.#core.stopped;
  }

  /** Compiles a rule document. Never throws for what is wrong in it: look at `ok` and `messages`. */
  rules(text, { name = 'rules.md', lang = 'zh' } = {}) {
    const core = this.#core;
    const bytes = typeof text === 'string' ? encoder.encode(text) : new Uint8Array(text);
    return core.with(1, (at, word) => {
      const args = [core.putText(name), core.put(bytes), bytes.length, lang === 'en' ? 1 : 0];
      const status = core.call('geci_rules_load', at, ...args);
      return new Rules(new Handle(core, word(0), 'geci_rules_close'), status === 0);
    });
  }

  /** Another engine of the same code with a fresh memory: for a large job, or after a stop. */
  fork() {
    return start(this.#module, this.#options);
  }
}

async function start(module, options) {
  const maximum = Math.floor(options.memoryMax / PAGE);
  if (!(maximum >= INITIAL_PAGES && maximum <= PAGE))
    throw new GeciError('input', `memoryMax: from ${INITIAL_PAGES * PAGE} to ${PAGE * PAGE} bytes`);
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return new Engine(new Core(instance, memory), module, options);
}

/**
 * Loads the engine from the bytes of geci.wasm, a Response or a promise of one (streaming), or a
 * compiled module. `memoryMax` bounds what its jobs may take together (1 GiB).
 */
export async function load(source, { memoryMax = 2 ** 30 } = {}) {
  const from = await source;
  let module = from;
  if (typeof Response !== 'undefined' && from instanceof Response)
    module = await WebAssembly.compileStreaming(from);
  else if (!(from instanceof WebAssembly.Module)) module = await WebAssembly.compile(from);
  return start(module, { memoryMax });
}
