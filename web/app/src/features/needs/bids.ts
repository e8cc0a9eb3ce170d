/** Bids that were sealed in this browser: what opens them, kept until they are opened. */
export interface Kept {
  number: number
  bid: number
  title: string
  price: string
  text: string
  secret: string
  opened: boolean
}

const KEY = 'geci.bids'

export function keptBids(): Kept[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(all) ? (all as Kept[]) : []
  } catch {
    return []
  }
}

export function keepBid(one: Kept): void {
  const others = keptBids().filter((old) => old.number !== one.number || old.bid !== one.bid)
  localStorage.setItem(KEY, JSON.stringify([one, ...others]))
}

/** "120000.5" yuan in fen, exactly; undefined: not an amount. */
export function fen(yuan: string): string | undefined {
  const parts = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(yuan.trim())
  if (!parts) return undefined
  return BigInt(parts[1]! + (parts[2] ?? '').padEnd(2, '0')).toString()
}

export function newSecret(): string {
  return hex(crypto.getRandomValues(new Uint8Array(24)))
}

/** As the server makes it when the bid is opened: price, text and secret, a line each. */
export async function seal(price: string, text: string, secret: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${price}\n${text}\n${secret}`)
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

const hex = (bytes: Uint8Array) => [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('')
