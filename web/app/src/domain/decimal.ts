/**
 * Exact decimals as the server writes them: "1234.50". They are shown with every digit they have;
 * nothing here rounds, and a binary number is made of one only to place a mark on a chart.
 */

const PLAIN = /^(-?)(\d+)(\.\d+)?$/

/** Is it a decimal, or an interval of two such as "61~78"? */
export const isDecimal = (text: string): boolean => PLAIN.test(text)

/** 1234567.50 -> 1,234,567.50; anything else as it is. */
export function grouped(text: string): string {
  const parts = PLAIN.exec(text)
  if (!parts) return text.includes('~') ? text.split('~').map(grouped).join('~') : text
  const [, sign = '', whole = '', fraction = ''] = parts
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction
}

/** Moves the point: shifted("335900", -4) is "33.59". Exact; zeros that say nothing are left out. */
export function shifted(text: string, places: number): string {
  const parts = PLAIN.exec(text)
  if (!parts) return text
  const [, sign = '', whole = '', fraction = ''] = parts
  let digits = whole + fraction.slice(1)
  let point = whole.length + places
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits
    point = 1
  }
  digits = digits.padEnd(point, '0')
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point).replace(/0+$/, '')
  return (left === '0' && right === '' ? '' : sign) + left + (right && `.${right}`)
}

/** Which is more, exactly: negative, 0 or positive. */
export function compare(a: string, b: string): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

/** b - a, exactly; undefined when one is no decimal. */
export function difference(a: string, b: string): string | undefined {
  if (!isDecimal(a) || !isDecimal(b)) return undefined
  const [x, y, scale] = aligned(a, b)
  return written(y - x, scale)
}

function aligned(a: string, b: string): [bigint, bigint, number] {
  const scale = Math.max(scaleOf(a), scaleOf(b))
  return [whole(a, scale), whole(b, scale), scale]
}

const scaleOf = (text: string) => text.split('.')[1]?.length ?? 0

function whole(text: string, scale: number): bigint {
  const [left = '0', right = ''] = text.split('.')
  return BigInt(left + right.padEnd(scale, '0'))
}

function written(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  const short = scale === 0 ? text : text.replace(/\.?0+$/, '')
  return value < 0n ? `-${short}` : short
}

/** Both ends of "61~78" or "61"; undefined where there is no number. */
export function ends(text: string | null | undefined): { low: string; high: string } | undefined {
  const [low, high] = (text ?? '').split('~')
  if (low === undefined || !isDecimal(low)) return undefined
  return high !== undefined && isDecimal(high) ? { low, high } : { low, high: low }
}

/** Where a mark goes on a chart; never shown as a figure. */
export const placed = (text: string | null | undefined): number | null => {
  const at = ends(text)
  return at ? (Number(at.low) + Number(at.high)) / 2 : null
}
