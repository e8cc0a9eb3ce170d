#!/usr/bin/env node
// A second verifier: is a store what its acts made it? Written from docs/audit.md, not from the
// first one, so that an error in either shows as a difference.
//
//     geci-verify [--anchor FILE].. [--key HEX] [--schema FILE] STORE..
//
// A line for each store: `good STORE`, or `bad STORE: what is wrong first`. Exit code 0 when all are
// good, 65 otherwise. STORE is sqlite:PATH, a path, or postgres://...

import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { readFileSync } from "node:fs";
import { sm3 } from "./sm3.js";
import { openStore, type Row, type Store } from "./store.js";

interface Schema {
  sealed: { table: string; columns: string[] }[];
  pieces: { table: string; whole: string }[];
  derived: Record<string, string>[];
  derived_by_code: string[];
  unsealed: string[];
  migrations: { number: number; name: string; sqlite: string; postgres: string }[];
}

interface Anchor {
  county: string;
  act: bigint;
  atUs: bigint;
  by: number;
  hash: string;
  key: string; // empty: not signed
  signature: string;
}

class Wrong extends Error {}

function wrong(what: string): never {
  throw new Wrong(what);
}

// ---- digests ----

const field = (v: Buffer | null): Buffer[] =>
  v === null ? [Buffer.from("-")] : [Buffer.from(`${v.length}:`), v];
const text = (s: string | bigint | number): Buffer => Buffer.from(String(s), "utf8");
const sha256 = (b: Buffer): Buffer => createHash("sha256").update(b).digest();

function digest(by: number, fields: Buffer[]): Buffer {
  const all = Buffer.concat(fields);
  if (by === 1) return sm3(all);
  if (by === 2) return sha256(all);
  return wrong(`no digest has number ${by}`);
}

// ---- signatures and anchors ----

function signedText(a: Anchor): Buffer {
  const fields = [text("geci-head-1"), text(a.county), text(a.act), text(a.atUs), text(a.by)];
  return Buffer.concat([...fields, Buffer.from(a.hash, "hex")].flatMap(field));
}

function checkSignature(a: Anchor, wanted: string | undefined, which: string): void {
  const x = Buffer.from(a.key, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  if (!verifySignature(null, signedText(a), key, Buffer.from(a.signature, "hex")))
    wrong(`${which}: the signature does not hold`);
  if (wanted !== undefined && wanted.toLowerCase() !== a.key) wrong(`${which}: another key`);
}

function readAnchors(file: string): Anchor[] {
  const form =
    /geci-anchor-1 (\S+) (\d+) (\S+)\.(\d{6})Z (sm3|sha256):([0-9a-f]{64}) (?:- -|([0-9a-f]{64}) ([0-9a-f]{128}))/g;
  const all = readFileSync(file, "utf8");
  const found = [...all.matchAll(form)].map((m) => ({
    county: m[1]!,
    act: BigInt(m[2]!),
    atUs: BigInt(Date.parse(m[3]! + "Z")) * 1000n + BigInt(m[4]!),
    by: m[5] === "sm3" ? 1 : 2,
    hash: m[6]!,
    key: m[7] ?? "",
    signature: m[8] ?? "",
  }));
  if (found.length === 0 || found.length !== all.split("geci-anchor-1 ").length - 1)
    wrong(`${file}: an anchor cannot be read`);
  return found;
}

// ---- rows of sealed tables ----

const keyOf = (row: Row): string => `${row[0]} #${row[1]}`;

/** The rows of one table, act by act; what is asked for must come in the order of the table. */
class Sealed {
  private next: Row | null = null;
  private readonly from: AsyncGenerator<Row>;
  constructor(
    readonly table: string,
    store: Store,
    columns: string[],
  ) {
    this.from = store.rows(`SELECT ${columns.join(", ")} FROM ${table} ORDER BY county, act, n`);
  }
  async advance(): Promise<void> {
    const got = await this.from.next();
    this.next = got.done ? null : got.value;
  }
  /** The rows whose key this is, if they come next. */
  async take(key: string): Promise<Row[]> {
    const rows: Row[] = [];
    while (this.next !== null && keyOf(this.next) === key) {
      rows.push(this.next);
      await this.advance();
    }
    return rows;
  }
  end(): void {
    if (this.next !== null) wrong(`${this.table}: rows of no act: ${keyOf(this.next)}`);
  }
}

async function checkSeals(tables: Sealed[], key: string, seals: string, by: number): Promise<void> {
  const lines = seals.split("\n").filter((l) => l !== "");
  const wanted = new Map(lines.map((l) => [l.slice(0, l.indexOf(" ")), l]));
  for (const t of tables) {
    const rows = await t.take(key);
    const line = wanted.get(t.table);
    wanted.delete(t.table);
    if (rows.length === 0 && line === undefined) continue;
    const hex = digest(by, rows.flatMap((r) => r.flatMap(field))).toString("hex");
    if (line !== `${t.table} ${rows.length} ${hex}`)
      wrong(`${t.table}: the rows of ${key} are not as they were sealed`);
  }
  for (const table of wanted.keys()) wrong(`${key} sealed rows of ${table}, and there is no such table`);
}

// ---- acts ----

interface Head {
  act: bigint;
  hash: Buffer;
}

async function checkActs(store: Store, schema: Schema, anchors: Anchor[]): Promise<void> {
  const tables = schema.sealed.map((t) => new Sealed(t.table, store, t.columns));
  for (const t of tables) await t.advance();
  const heads = new Map<string, Head>();
  const left = new Set(anchors);
  const sql =
    "SELECT county, act, at_us, actor, verb, object, body, seals, prev, hash, hash_by" +
    " FROM act ORDER BY county, act";
  for await (const row of store.rows(sql)) {
    const county = String(row[0]);
    const key = keyOf(row);
    const act = BigInt(String(row[1]));
    const by = Number(String(row[10]));
    const before = heads.get(county) ?? { act: 0n, hash: Buffer.alloc(32) };
    if (act !== before.act + 1n) wrong(`${county}: acts are missing before ${act}`);
    if (!before.hash.equals(row[8]!)) wrong(`${key} does not follow the act before`);
    const got = digest(by, [text("geci-act-1"), ...row.slice(0, 9)].flatMap(field));
    if (!got.equals(row[9]!)) wrong(`${key} was changed`);
    for (const a of left) {
      if (a.county !== county || a.act !== act) continue;
      if (a.hash !== got.toString("hex") || a.by !== by) wrong(`${key} is not what was anchored`);
      left.delete(a);
    }
    await checkSeals(tables, key, String(row[7]), by);
    heads.set(county, { act, hash: got });
  }
  for (const t of tables) t.end();
  for (const a of left) wrong(`${a.county}: the end of the chain is cut off, ${a.act} was anchored`);
}

// ---- the rest ----

async function checkSigned(store: Store, key: string | undefined): Promise<void> {
  const sql =
    "SELECT s.county, s.head, s.at_us, s.hash_by, s.hash, s.key, s.signature, a.hash" +
    " FROM act_signed s LEFT JOIN act a ON a.county = s.county AND a.act = s.head";
  for await (const r of store.rows(sql)) {
    const hex = (i: number): string => r[i]?.toString("hex") ?? "";
    const a: Anchor = {
      county: String(r[0]),
      act: BigInt(String(r[1])),
      atUs: BigInt(String(r[2])),
      by: Number(String(r[3])),
      hash: hex(4),
      key: hex(5),
      signature: hex(6),
    };
    checkSignature(a, key, `act_signed ${a.county} #${a.act}`);
    if (hex(4) !== hex(7)) wrong(`${a.county} #${a.act} is not what was signed`);
  }
}

async function checkDerived(store: Store, schema: Schema): Promise<void> {
  for (const d of schema.derived) {
    for (const what of ["lacks", "extra"]) {
      for await (const row of store.rows(d[`${store.kind}_${what}`]!))
        wrong(`${d["table"]} ${what}: ${row.map(String).join(" ").slice(0, 100)}`);
    }
  }
}

async function checkPieces(store: Store, p: { table: string; whole: string }): Promise<void> {
  const name = (r: Row): string => `${r[0]} ${r[1]?.toString("hex")}`;
  const wanted = new Set<string>();
  for await (const r of store.rows(`SELECT DISTINCT county, hash FROM ${p.whole}`)) wanted.add(name(r));
  let key = "";
  let parts: Buffer[] = [];
  const finish = (): void => {
    if (key === "") return;
    if (!wanted.delete(key)) wrong(`${p.table}: nobody registered ${key}`);
    if (sha256(Buffer.concat(parts)).toString("hex") !== key.split(" ")[1]) wrong(`${p.table}: ${key} was changed`);
  };
  const sql = `SELECT county, hash, piece, bytes FROM ${p.table} ORDER BY county, hash, piece`;
  for await (const r of store.rows(sql)) {
    if (name(r) !== key) {
      finish();
      key = name(r);
      parts = [];
    }
    if (String(r[2]) !== String(parts.length)) wrong(`${p.table}: pieces of ${key} are missing`);
    parts.push(r[3]!);
  }
  finish();
  const empty = sha256(Buffer.alloc(0)).toString("hex");
  for (const w of wanted) if (!w.endsWith(empty)) wrong(`${p.table}: ${w} is missing`);
}

async function checkTables(store: Store, schema: Schema): Promise<void> {
  const known = new Set(["act", "schema_version", ...schema.derived_by_code, ...schema.unsealed]);
  for (const t of [...schema.sealed, ...schema.pieces]) known.add(t.table);
  for (const d of schema.derived) known.add(d["table"]!);
  for (const name of await store.tables()) if (!known.has(name)) wrong(`there is a table ${name}`);
  const migrations = schema.migrations.map((m) => `${m.number} ${m.name} ${m[store.kind]}`);
  const sql = "SELECT version, name, digest FROM schema_version ORDER BY version";
  for await (const row of store.rows(sql)) {
    if (row.map(String).join(" ") !== migrations.shift()) wrong(`schema_version ${row[0]} was changed`);
  }
  if (migrations.length > 0) wrong(`schema_version lacks ${migrations[0]}`);
}

interface Options {
  stores: string[];
  anchors: Anchor[];
  key?: string;
  schema: Schema;
}

async function verifyStore(url: string, o: Options): Promise<void> {
  const store = await openStore(url);
  try {
    await checkTables(store, o.schema);
    await checkActs(store, o.schema, o.anchors);
    await checkSigned(store, o.key);
    await checkDerived(store, o.schema);
    for (const p of o.schema.pieces) await checkPieces(store, p);
  } finally {
    await store.close();
  }
}

function readOptions(argv: string[]): Options {
  const files: string[] = [];
  const stores: string[] = [];
  let key: string | undefined;
  let schema = new URL("../../../docs/audit-schema.json", import.meta.url).pathname;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === "--anchor") files.push(argv[++i] ?? "");
    else if (argv[i] === "--key") key = argv[++i];
    else if (argv[i] === "--schema") schema = argv[++i] ?? "";
    else stores.push(argv[i]!);
  }
  const anchors = files.flatMap(readAnchors);
  for (const a of anchors) {
    if (a.key !== "") checkSignature(a, key, `anchor ${a.county} #${a.act}`);
    else if (key !== undefined) wrong(`anchor ${a.county} #${a.act} is not signed`);
  }
  const read = JSON.parse(readFileSync(schema, "utf8")) as Schema;
  return { stores, anchors, schema: read, ...(key === undefined ? {} : { key }) };
}

async function main(): Promise<number> {
  const o = readOptions(process.argv.slice(2));
  if (o.stores.length === 0) {
    console.error("geci-verify [--anchor FILE].. [--key HEX] [--schema FILE] STORE..");
    return 64;
  }
  let bad = 0;
  for (const url of o.stores) {
    try {
      await verifyStore(url, o);
      console.log(`good ${url}`);
    } catch (e) {
      bad++;
      console.log(`bad ${url}: ${e instanceof Error ? e.message : String(e)}`);
    }
  }
  return bad > 0 ? 65 : 0;
}

main().then(
  (code) => process.exit(code),
  (e: unknown) => {
    console.error(e instanceof Error ? e.message : e);
    process.exit(e instanceof Wrong ? 65 : 74);
  },
);
