/** What stands in the built client for parts of antd's tables that are never shown (vite.config.ts). */
export default function Nothing(): null {
  return null
}

/** Named by filters of columns, which are never set, and by rows within rows, which there are none of. */
export const flattenKeys = (): [] => []
export const conductCheck = (): never => never('conductCheck')
export const convertDataToEntities = (): never => never('convertDataToEntities')

function never(name: string): never {
  throw new Error(`${name}: left out in vite.config.ts`)
}

/* What picking rows does need of antd's tree. */

export const arrAdd = <T>(all: readonly T[], one: T): T[] => (all.includes(one) ? [...all] : [...all, one])
export const arrDel = <T>(all: readonly T[], one: T): T[] => all.filter((other) => other !== one)
