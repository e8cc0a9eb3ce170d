/**
 * One request and its answer: what the functions of `generated.ts` are made of.
 *
 * - A change carries the session's X-CSRF-Token and an Idempotency-Key; sent again after a cut
 *   connection it has the same key and is done once.
 * - 401: nobody is signed in any more; who listens is told.
 * - 403 CONFIRM: asks `confirmer` to have the password given again, then repeats the request.
 * - Anything else that failed is thrown as a Problem.
 */
import { Problem, problemOf } from './problem'

export type Day = string // 2026-04-01
export type Moment = string // 2026-04-01T09:30:00.000000+08:00
export type Decimal = string // exact, as a binary number is not

export interface How {
  /** Idempotency-Key; one is made for each change that has none. */
  key?: string
  signal?: AbortSignal
}

type Word = string | number | boolean | string[] | null | undefined

interface Kinds {
  json: unknown
  blob: Blob
  none: undefined
}

let csrf = ''
let bearer = ''
let confirmer: () => Promise<boolean> = async () => false
let signedOut: () => void = () => {}

export const setCsrf = (token: string): void => {
  csrf = token
}
/** From now on a token asks instead of the session: a screen on a wall. */
export const setToken = (token: string): void => {
  bearer = token
}
export const onConfirm = (ask: () => Promise<boolean>): void => {
  confirmer = ask
}
export const onSignedOut = (tell: () => void): void => {
  signedOut = tell
}

/** 128 random bits; `crypto.randomUUID` is only there over HTTPS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join(
    '',
  )
}

export async function call<T>(
  method: string,
  path: string,
  query: Record<string, Word> | undefined,
  body: unknown,
  kind: keyof Kinds,
  how: How = {},
): Promise<T> {
  const key = method === 'GET' ? undefined : (how.key ?? newKey())
  const url = path + wordsOf(query)
  let got = await send(method, url, body, key, how.signal)
  if (got.status === 403) {
    const refused = await problemOf(got)
    if (refused.code !== 'CONFIRM' || !(await confirmer())) throw refused
    got = await send(method, url, body, key, how.signal)
  }
  if (!got.ok) {
    const refused = await problemOf(got)
    if (refused.status === 401 && !path.endsWith('/session')) signedOut()
    throw refused
  }
  return (kind === 'json' ? await got.json() : kind === 'blob' ? await got.blob() : undefined) as T
}

function wordsOf(query: Record<string, Word> | undefined): string {
  const words = Object.entries(query ?? {}).flatMap(([name, v]) => (v == null ? [] : [[name, String(v)]]))
  return words.length === 0 ? '' : `?${new URLSearchParams(words)}`
}

async function send(method: string, url: string, body: unknown, key?: string, signal?: AbortSignal) {
  const headers: Record<string, string> = {}
  if (key !== undefined) headers['idempotency-key'] = key
  if (bearer) headers.authorization = `Bearer ${bearer}`
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf
  const content = body === undefined || body instanceof Blob ? body : JSON.stringify(body)
  if (content !== undefined && !(body instanceof Blob)) headers['content-type'] = 'application/json'
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(content !== undefined && { body: content as BodyInit }),
      ...(signal && { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new Problem({ code: 'NETWORK' })
  }
}
