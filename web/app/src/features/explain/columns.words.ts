/** The head of a table of costs, as the server reads it. */
export const SEEK_HEAD = '字段,单位成本,最多'
