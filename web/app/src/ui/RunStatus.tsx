import { useRunStatus } from '../api/queries'
import { StatusBadge } from './values'

/** Where the rules are from that these runs went by; for figures of several runs each is said once. */
export function RunStatus({ of }: { of: readonly number[] }) {
  return <Statuses of={useRunStatus(of)} />
}

/** Each status of these once. */
export const Statuses = ({ of }: { of: readonly string[] }) =>
  [...new Set(of)].map((status) => <StatusBadge key={status} status={status} />)

/** Receipts, RUN/IDENTITY, as the runs that gave them; none of a run elsewhere. */
export const runsOf = (receipts: readonly string[]): number[] => [
  ...new Set(receipts.filter((one) => one !== '').map((one) => Number(one.split('/')[0]))),
]
