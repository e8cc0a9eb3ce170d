import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  type CasePage,
  type CaseRow,
  caseList,
  type EntitledLine,
  type Entitlements,
  type SubjectProfile,
} from '../../api'
import { entitlements } from '../../api/queries'
import { getPrefs, List, Moment, Money, Panel, StatusBadge } from '../../ui'
import { Range } from '../../ui/Range'
import { t } from './subjects.words'

/** Policies that it is entitled to, or near; the page of all of them says why. */
export function Policies({ subject }: { subject: SubjectProfile }) {
  const { kind, identity: id } = subject
  const lang = getPrefs().lang
  const answer = useQuery(entitlements(kind, id, lang))
  return (
    <Panel
      title={t('policies')}
      extra={
        <Link to="/entitlements/$kind/$id" params={{ kind, id }}>
          {t('allPolicies')} →
        </Link>
      }
    >
      <List<EntitledLine, Entitlements>
        of={answer}
        rows={(data) => data.lines.filter((one) => one.standing !== 'not')}
        rowKey={(one) => one.policy}
        nothing={t('noPolicies')}
        columns={[
          {
            key: 'name',
            title: t('policyName'),
            width: 260,
            show: (one) => (
              <>
                <Link to="/policies/$policy" params={{ policy: one.policy }}>
                  {one.name}
                </Link>{' '}
                <StatusBadge status={one.status} />
              </>
            ),
          },
          { key: 'standing', title: t('state'), width: 120, show: (one) => t(`standing_${one.standing}`) },
          {
            key: 'amount',
            title: t('amount'),
            figure: true,
            width: 180,
            show: (one) => <Range of={one.would_pay ?? one.amount} />,
          },
          {
            key: 'granted',
            title: t('grantedYuan'),
            figure: true,
            width: 140,
            show: (one) => <Money yuan={one.granted} />,
          },
          {
            key: 'paid',
            title: t('paidYuan'),
            figure: true,
            width: 140,
            show: (one) => <Money yuan={one.paid} />,
          },
        ]}
      />
    </Panel>
  )
}

/** Its cases, the latest first. */
export function Cases({ subject: of }: { subject: SubjectProfile }) {
  const answer = useQuery({
    queryKey: ['cases', 'of', of.identity],
    queryFn: ({ signal }) => caseList({ id: of.identity }, { signal }),
  })
  return (
    <Panel title={t('cases')}>
      <List<CaseRow, CasePage>
        of={answer}
        rows={(data) => data.cases}
        rowKey={(one) => String(one.number)}
        nothing={t('noCases')}
        columns={[
          {
            key: 'title',
            title: t('cases'),
            width: 280,
            show: (one) => (
              <Link to="/cases/$number" params={{ number: String(one.number) }}>
                {one.title || one.type}
              </Link>
            ),
          },
          { key: 'state', title: t('state'), width: 130, show: (one) => one.state },
          { key: 'due', title: t('due'), width: 120, show: (one) => one.due },
          { key: 'opened', title: t('opened'), width: 150, show: (one) => <Moment at={one.opened} /> },
        ]}
      />
    </Panel>
  )
}
