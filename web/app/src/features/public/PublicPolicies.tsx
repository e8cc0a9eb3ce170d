import './public.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { policyList } from '../../api'
import { Answer, Money, Nothing, Page, Panel, StatusBadge } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { t } from './public.words'

export function PublicPolicies() {
  const answer = useQuery({
    queryKey: ['public', 'policies'],
    queryFn: ({ signal }) => policyList({}, { signal }),
  })
  return (
    <PublicFrame>
      <Page
        title={t('policies')}
        help="public#policies"
        actions={<Link to="/public/calculate">{t('calculate')}</Link>}
      >
        <Answer
          of={answer}
          empty={(data) => data.policies.length === 0}
          nothing={<Nothing say={t('noPolicies')} />}
        >
          {(data) => (
            <div className="panels public-list">
              {data.policies.map((one) => (
                <Panel
                  key={one.id}
                  title={
                    <Link to="/public/policies/$policy" params={{ policy: one.id }}>
                      {one.name}
                    </Link>
                  }
                  extra={<StatusBadge status={one.status} />}
                >
                  <p>
                    {t('beneficiary')} {one.beneficiary}
                    {one.cap ? (
                      <>
                        {' · '}
                        {t('cap')} <Money yuan={one.cap} unit="wan" />
                      </>
                    ) : null}
                  </p>
                  <p className="quiet">
                    {t('condition')} {one.condition}
                  </p>
                  {one.clause ? <blockquote className="public-notice">{one.clause}</blockquote> : null}
                </Panel>
              ))}
            </div>
          )}
        </Answer>
      </Page>
    </PublicFrame>
  )
}
