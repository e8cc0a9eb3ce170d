/** Types of geci.js; what each thing means stands there and in include/geci.h. */

export type Kind = 'number' | 'truth' | 'label' | 'day';
export type Format = 'text' | 'json' | 'html';

export declare class GeciError extends Error {
  constructor(status: GeciError['status'], messages: string);
  /** input: the document, the data or an argument is wrong; limit: too much was asked for; gone: no
   *  such subject or item; stopped: the engine cannot go on, fork() it; closed: used after close(). */
  readonly status: 'input' | 'limit' | 'gone' | 'stopped' | 'closed';
  /** What, where and what to do, as `geci check` prints it. */
  readonly messages: string;
}

/** An interval of decimal texts in base units (元, 人; 5 % is 0.05); both ends are the same when it
 *  is definite; '' is an end without bound. Truths: 'met' | 'unmet' | 'unknown' | 'manual' | 'na'. */
export interface Value {
  low: string;
  high: string;
}

export interface Shown extends Value {
  /** As people read it: '61~78', '符合', '5.2%'. */
  shown: string;
}

export interface When {
  /** The day of evaluation, '2026-11-22'. */
  asOf: string;
  /** The year of evaluation; 0 (default): the latest in the header, else the year before asOf. */
  year?: number;
}

/** Numbers: mantissa * 10^-scale in the unit of the head, else of the field; truths: 1n and 0n. */
export interface Numbers {
  mantissa: BigInt64Array;
  /** 0 (default) to 18. */
  scale?: number;
  /** Which subjects have a value; all have when it is not given. */
  valid?: boolean[];
}

export interface Table {
  /** Unique, not empty. */
  ids: string[];
  /** By head as in a CSV: '研发费用', '研发费用@2023', '研发费用(万元)'. */
  columns: Record<string, (string | null | undefined)[] | Numbers>;
}

export interface WhatIf {
  /** Warnings; '' if there are none. */
  messages: string;
  /** The items that differ, in the order of the document. */
  changes: { item: string; before: Shown; after: Shown }[];
}

declare class Closable {
  /** Gives the memory back now; the object cannot be used any more. Twice is fine. */
  close(): void;
}

export declare class Scores extends Closable {
  private constructor();
  readonly messages: string;
  readonly year: number;
  readonly ids: readonly string[];
  value(id: string, item: string): Value;
  shown(id: string, item: string): string;
  column(item: string): { low: string[]; high: string[]; shown: string[] };
  /** Never rounds: throws ('limit') when a value has more decimals or does not fit 64 bits. */
  numbers(item: string, scale: number): { low: (bigint | null)[]; high: (bigint | null)[] };
  explain(id: string, format?: Format): string;
  /** The same facts under a revision of the rules, fast where little was revised; exactly as if
   *  scored anew. Throws ('gone') where fields or texts of the document differ. */
  again(rules: Rules): Scores;
  /** `rerank`: everyone is scored again; else ranks are among the others as they were scored. */
  whatif(
    id: string,
    set: Record<string, string | number | bigint | null> | string[],
    options?: { rerank?: boolean },
  ): WhatIf;
}

export declare class Rules extends Closable {
  private constructor();
  /** Can it score? */
  readonly ok: boolean;
  /** All diagnostics, warnings too; '' if there are none. */
  readonly messages: string;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** Goes wherever a score goes. */
  readonly status: 'official' | 'secondary' | 'example' | '';
  /** How many example tables the document has. */
  readonly examples: number;
  readonly fields: readonly string[];
  readonly items: readonly { readonly name: string; readonly kind: Kind; readonly scale: number }[];
  /** Bytes are UTF-8, else GB18030 as the host's TextDecoder reads it: a few rare characters (26
   *  codes) map as browsers do, not as in `geci`; see docs/embedding.md. */
  score(csv: string | ArrayBuffer | Uint8Array, when: When): Scores;
  scoreTable(table: Table, when: When): Scores;
  /** asOf serves where neither the table nor the document says which day. */
  scoreExample(example: number, options?: { asOf?: string }): Scores;
}

export declare class Engine {
  private constructor();
  readonly version: string;
  readonly memoryBytes: number;
  readonly stopped: string;
  rules(
    text: string | ArrayBuffer | Uint8Array,
    options?: { name?: string; lang?: 'zh' | 'en' },
  ): Rules;
  fork(): Promise<Engine>;
}

export interface LoadOptions {
  /** Bytes that the engine may take, from 2 MiB to 4 GiB; 1 GiB if not given. */
  memoryMax?: number;
}

export declare function load(
  source:
    | ArrayBuffer
    | Uint8Array
    | WebAssembly.Module
    | Response
    | Promise<ArrayBuffer | Uint8Array | WebAssembly.Module | Response>,
  options?: LoadOptions,
): Promise<Engine>;
