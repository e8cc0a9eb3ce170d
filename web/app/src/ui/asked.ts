/** What a screen can be asked by its address, for `validateSearch`; undefined: it was not. */
export const text = (v: unknown): string | undefined =>
  typeof v === 'string' && v !== '' ? v : typeof v === 'number' ? String(v) : undefined

export const whole = (v: unknown): number | undefined =>
  Number.isSafeInteger(Number(v)) && Number(v) > 0 ? Number(v) : undefined
