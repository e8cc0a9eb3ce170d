// Input that a schema allows: the least of it, without knowing what it means.
import type { Contract, Schema } from './document.js'

const BY_FORMAT: Record<string, unknown> = {
  int64: 1,
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00.000000+08:00',
}

export function sample(contract: Contract, given: Schema): unknown {
  const s = contract.schema(given)
  const type = Array.isArray(s.type) ? s.type[0] : s.type
  if (s.enum !== undefined) return s.enum[0]
  if (s.format !== undefined) return BY_FORMAT[s.format]
  if (type === 'array') return []
  if (type === 'boolean') return false
  if (type === 'string') return '1'
  const out: Record<string, unknown> = {}
  for (const name of s.required ?? []) out[name] = sample(contract, s.properties![name]!)
  return out
}
