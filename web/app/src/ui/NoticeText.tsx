import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { mayUse, type Notice, useMe } from '../api'
import { policies } from '../api/queries'
import { pick } from './catalogue'

/** What happened, in words; it leads to where that is seen. */
export function NoticeText({ of }: { of: Notice }) {
  const me = useMe()
  const policy = usePolicyOf(of)
  const words = pick([of.text, of.text_en])
  return <Link {...placeOf(of, mayUse(me, 'ledger_payment'), me, policy)}>{words}</Link>
}

type Place = Pick<LinkProps, 'to' | 'params' | 'search'>

/** Who may not see payments sees what became of theirs in their own statement. */
function placeOf(
  of: Notice,
  mayPay: boolean,
  me: { subject_kind: string; subject_id: string },
  policy: string | undefined,
): Place {
  switch (of.kind) {
    case 'run_published':
      return { to: '/runs/$run', params: { run: of.object } }
    case 'appeal_rejected':
    case 'appeal_upheld':
      return { to: '/runs/$run', params: { run: of.object }, search: { tab: 'appeals' } }
    case 'consent_given':
    case 'consent_ended':
      return { to: '/mine' }
    case 'payment_paid':
    case 'payment_bounced':
      return mayPay
        ? { to: '/ledger/payments/$payment', params: { payment: of.object } }
        : {
            to: '/subjects/$kind/$id',
            params: { kind: me.subject_kind, id: me.subject_id },
            search: { tab: 'money' },
          }
    case 'policy_applies':
      return { to: '/entitlements' }
    case 'policy_told':
      return policy ? { to: '/policies/$policy', params: { policy } } : { to: '/policies' }
    case 'fact_returned':
      return { to: '/checks' }
    case 'case_told':
    case 'case_task':
    case 'case_bid':
    case 'case_due':
      return { to: '/cases/$number', params: { number: of.object } }
  }
}

/** The notice knows a policy by its code, or its name where it has none; undefined: it is no longer in force. */
function usePolicyOf(of: Notice): string | undefined {
  const { data } = useQuery({ ...policies, enabled: of.kind === 'policy_told' })
  return data?.policies.find((one) => (one.code || one.name) === of.object)?.id
}
