// Rows of a store, whichever database it is in. A value is bytes, or null; an integer is its decimal
// digits, a text its UTF-8: the form that digests are made of.

import { existsSync, readFileSync, statSync } from "node:fs";
import pg from "pg";
// @ts-expect-error sql.js brings no types
import initSqlJs from "sql.js";

export type Row = (Buffer | null)[];

export interface Store {
  kind: "sqlite" | "postgres";
  rows(sql: string): AsyncGenerator<Row>;
  tables(): Promise<string[]>;
  close(): Promise<void>;
}

function bytes(v: unknown): Buffer | null {
  if (v === null || v === undefined) return null;
  if (v instanceof Uint8Array) return Buffer.from(v);
  return Buffer.from(String(v), "utf8");
}

async function openSqlite(path: string): Promise<Store> {
  if (existsSync(path + "-wal") && statSync(path + "-wal").size > 0)
    throw new Error(`${path}-wal is not empty: verify a copy made by geci backup`);
  const SQL = await initSqlJs();
  const db = new SQL.Database(readFileSync(path));
  async function* rows(sql: string): AsyncGenerator<Row> {
    const statement = db.prepare(sql);
    try {
      while (statement.step()) yield statement.get(null, { useBigInt: true }).map(bytes);
    } finally {
      statement.free();
    }
  }
  return {
    kind: "sqlite",
    rows,
    async tables() {
      const names: string[] = [];
      const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
      for await (const [name] of rows(sql)) names.push(String(name));
      return names;
    },
    async close() {
      db.close();
    },
  };
}

async function openPostgres(url: string): Promise<Store> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  let cursors = 0;
  async function* rows(sql: string): AsyncGenerator<Row> {
    const name = `v${++cursors}`;
    await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const got = await client.query({ text: `FETCH 2000 FROM ${name}`, rowMode: "array" });
      for (const row of got.rows as unknown[][]) yield row.map(bytes);
      if (got.rows.length < 2000) break;
    }
    await client.query(`CLOSE ${name}`);
  }
  return {
    kind: "postgres",
    rows,
    async tables() {
      const names: string[] = [];
      const sql =
        "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace" +
        " AND relkind IN ('r', 'p')";
      for await (const [name] of rows(sql)) names.push(String(name));
      return names;
    },
    async close() {
      await client.end();
    },
  };
}

export function openStore(url: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  return openSqlite(url.replace(/^sqlite:/, ""));
}
