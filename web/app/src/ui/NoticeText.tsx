import { Link } from '@tanstack/react-router'
import type { Notice } from '../api'
import { pick } from './catalogue'

/** What happened, in words; it leads to where that is seen. */
export function NoticeText({ of }: { of: Notice }) {
  const words = pick([of.text, of.text_en])
  switch (of.kind) {
    case 'run_published':
      return (
        <Link to="/runs/$run" params={{ run: of.object }}>
          {words}
        </Link>
      )
    case 'consent_given':
    case 'consent_ended':
      return <Link to="/mine">{words}</Link>
    case 'policy_applies':
      return <Link to="/entitlements">{words}</Link>
    case 'fact_returned':
      return <Link to="/checks">{words}</Link>
    case 'case_told':
    case 'case_task':
    case 'case_bid':
    case 'case_due':
      return (
        <Link to="/cases/$number" params={{ number: of.object }}>
          {words}
        </Link>
      )
    default:
      return <span>{words}</span>
  }
}
