import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { LedgerPayment } from '../../api'
import { inside } from '../../ui'

type State = LedgerPayment['state']
export const STATES: readonly State[] = ['requested', 'approved', 'sent', 'paid', 'bounced', 'cancelled']
const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)

const ledger = createRoute({
  getParentRoute: () => inside,
  path: '/ledger',
  validateSearch: (
    s: Record<string, unknown>,
  ): { tab?: string | undefined; state?: State | undefined; after?: string | undefined } => ({
    tab: text(s.tab),
    state: STATES.find((one) => one === s.state),
    after: text(s.after),
  }),
  component: lazyRouteComponent(() => import('./LedgerPage'), 'LedgerPage'),
})

const payment = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/payments/$payment',
  component: lazyRouteComponent(() => import('./PaymentPage'), 'PaymentPage'),
})

export const ledgerRoutes = [ledger, payment]
