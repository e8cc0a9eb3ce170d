// The least that the functions made by `geci api typescript` need: one request and its answer.
export type Day = string // 2026-04-01
export type Moment = string // 2026-04-01T09:30:00.000000+08:00
export type Decimal = string // exact, as a binary number is not

export interface How {
  key?: string // Idempotency-Key
  signal?: AbortSignal
}

type Word = string | number | boolean | string[] | null | undefined

interface Kinds {
  json: unknown
  blob: Blob
  none: void
}

export async function call<T>(
  method: string,
  path: string,
  query: Record<string, Word> | undefined,
  body: unknown,
  kind: keyof Kinds,
  how: How = {},
): Promise<T> {
  const words = Object.entries(query ?? {}).flatMap(([name, v]) => (v == null ? [] : [[name, String(v)]]))
  const headers = how.key === undefined ? undefined : { 'idempotency-key': how.key }
  const got = await fetch(words.length === 0 ? path : `${path}?${new URLSearchParams(words)}`, {
    method,
    ...(headers && { headers }),
    ...(how.signal && { signal: how.signal }),
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
  })
  if (!got.ok) throw new Error(await got.text())
  return (kind === 'json' ? await got.json() : kind === 'blob' ? await got.blob() : undefined) as T
}
