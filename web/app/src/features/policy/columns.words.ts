/** Names in the document of cases that nobody applies for. */
export const OFFERED = {
  of: '免申即享',
  policy: '政策名称',
  amount: '应享金额',
  basis: '测算凭证',
  unit: '元',
} as const
