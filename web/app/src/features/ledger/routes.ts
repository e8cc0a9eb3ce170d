import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { LedgerOpen, LedgerPayment } from '../../api'
import { inside, text, whole } from '../../ui'

type State = LedgerPayment['state']
export const STATES: readonly State[] = ['requested', 'approved', 'sent', 'paid', 'bounced', 'cancelled']

export const OPEN: readonly LedgerOpen['what'][] = ['due', 'reserved', 'clawback']

interface LedgerSearch {
  tab?: string | undefined
  /** Of what is not settled yet. */
  what?: LedgerOpen['what'] | undefined
  subject?: string | undefined
  state?: State | undefined
  after?: string | undefined
  /** Of a settlement tried out: whose points, and the scenarios. */
  run?: number | undefined
  item?: string | undefined
  plans?: string[] | undefined
}

const ledger = createRoute({
  getParentRoute: () => inside,
  path: '/ledger',
  staticData: {
    goesBy: ({ tab = 'payments' }) => (tab === 'payments' || tab === 'balances' ? ['year'] : []),
  },
  validateSearch: (s: Record<string, unknown>): LedgerSearch => ({
    tab: text(s.tab),
    state: STATES.find((one) => one === s.state),
    what: OPEN.find((one) => one === s.what),
    subject: text(s.subject),
    after: text(s.after),
    run: whole(s.run),
    item: text(s.item),
    plans: Array.isArray(s.plans) ? s.plans.map(String).slice(0, 8) : undefined,
  }),
  component: lazyRouteComponent(() => import('./LedgerPage'), 'LedgerPage'),
})

const payment = createRoute({
  getParentRoute: () => inside,
  path: '/ledger/payments/$payment',
  component: lazyRouteComponent(() => import('./PaymentPage'), 'PaymentPage'),
})

export const ledgerRoutes = [ledger, payment]
