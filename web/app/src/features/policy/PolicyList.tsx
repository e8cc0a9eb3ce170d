import './policy.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { type PolicyCard, policyList } from '../../api'
import { Answer, Money, Nothing, Page, StatusBadge } from '../../ui'
import { t } from './policy.words'

const route = getRouteApi('/inside/policies')

/** The catalogue: a card for each policy in plain words, its clause beside it. */
export function PolicyList() {
  const { q, kind } = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery({
    queryKey: ['policies', kind, q],
    queryFn: ({ signal }) => policyList({ kind: kind ?? null, q: q ?? null }, { signal }),
    placeholderData: (before) => before,
  })
  return (
    <Page
      title={t('policies')}
      help="enterprise#policies"
      aside={
        answer.data ? <span className="quiet">{t('found', { n: answer.data.policies.length })}</span> : null
      }
      actions={<Link to="/policies/calculate">{t('calculate')}</Link>}
    >
      <div className="filters">
        <Input.Search
          allowClear
          aria-label={t('find')}
          placeholder={t('find')}
          defaultValue={q ?? ''}
          onSearch={(next) => go({ search: (was) => ({ ...was, q: next || undefined }) })}
        />
        <Select
          allowClear
          aria-label={t('kind')}
          placeholder={t('anyKind')}
          popupMatchSelectWidth={false}
          value={kind ?? null}
          options={(answer.data?.kinds ?? []).map((value) => ({ value, label: value }))}
          onChange={(next) => go({ search: (was) => ({ ...was, kind: next ?? undefined }) })}
        />
      </div>
      <Answer
        of={answer}
        empty={(data) => data.policies.length === 0}
        nothing={
          <Nothing
            say={t(q || kind ? 'noPolicies' : 'noPoliciesYet')}
            {...((q || kind) && { onClear: () => void go({ search: {} }) })}
          />
        }
      >
        {(data) => (
          <ul className="policy-cards">
            {data.policies.map((one) => (
              <li key={one.id}>
                <Card of={one} />
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Page>
  )
}

function Card({ of }: { of: PolicyCard }) {
  return (
    <>
      <h2>
        <Link to="/policies/$policy" params={{ policy: of.id }}>
          {of.name}
        </Link>{' '}
        <StatusBadge status={of.status} />
      </h2>
      <p>
        {of.beneficiary || of.kind}
        {of.cap ? (
          <>
            {' '}
            {t('cap')} <Money yuan={of.cap} unit="wan" />
          </>
        ) : null}
      </p>
      {of.clause ? <blockquote>{of.clause}</blockquote> : null}
      {of.note ? <p className="quiet">{of.note}</p> : null}
    </>
  )
}
