/**
 * A question kept under a name is kept as the server's own question, so that programs can ask it as well; a list has it
 * in its address by other names. Those kept before are in the list's names still: both are read.
 */

interface Listed {
  q?: string | undefined
  sort?: string | undefined
  cols?: readonly string[] | undefined
  when?: readonly (readonly string[])[] | undefined
  where?: string | undefined
  undecided?: boolean | undefined
}

const filled = (all: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))

export const keptOf = ({ q, sort, cols, when, where, undecided }: Listed): Record<string, unknown> =>
  filled({
    q,
    sort,
    where,
    undecided,
    fields: cols,
    terms: when?.map(([field, op, ...values]) => ({ field, op, values })),
  })

interface Term {
  field: string
  op: string
  values?: string[] | null
}

/** For the address of a list, which checks it. */
export function listedOf(kept: Record<string, unknown>): Record<string, unknown> {
  const { fields, terms, ...rest } = kept
  return filled({
    ...rest,
    cols: fields ?? kept.cols,
    when: Array.isArray(terms)
      ? (terms as Term[]).map((one) => [one.field, one.op, ...(one.values ?? [])])
      : kept.when,
  })
}
