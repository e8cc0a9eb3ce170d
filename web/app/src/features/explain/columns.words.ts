/** The head of a table of costs, as the server reads it. */
export const SEEK_HEAD = '字段,单位成本,最多'

/** Truths as they stand in tables of facts. */
export const TRUTH = { met: '是', unmet: '否' } as const
