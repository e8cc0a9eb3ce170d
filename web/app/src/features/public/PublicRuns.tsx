import './public.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type PublicRun, publicRuns } from '../../api'
import { grouped } from '../../domain/decimal'
import { Answer, Decimal, Nothing, Page, Panel, StatusBadge } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { t } from './public.words'

export const published = {
  queryKey: ['public', 'runs'],
  queryFn: ({ signal }: { signal: AbortSignal }) => publicRuns({ signal }),
}

export function PublicRuns() {
  const answer = useQuery(published)
  return (
    <PublicFrame>
      <Page title={t('runs')} help="public#results">
        <p className="quiet">{t('runsNote')}</p>
        <Answer of={answer} empty={(data) => data.runs.length === 0} nothing={<Nothing say={t('none')} />}>
          {(data) => (
            <div className="panels public-list">
              {data.runs.map((one) => (
                <Run key={one.run} of={one} />
              ))}
            </div>
          )}
        </Answer>
      </Page>
    </PublicFrame>
  )
}

function Run({ of }: { of: PublicRun }) {
  return (
    <Panel
      title={of.title}
      extra={
        <>
          <StatusBadge status={of.status} /> <Tag>{of.state_name}</Tag>
        </>
      }
    >
      <p>
        {t('period', { first: of.first_day, last: of.last_day })} ·{' '}
        {t('subjects', { n: grouped(String(of.subjects)) })}
      </p>
      <p className="public-grades">
        {of.grades.map((one) => (
          <span key={one.value}>
            {one.value} <Decimal value={String(one.n)} />
          </span>
        ))}
      </p>
      <details>
        <summary>{of.document}</summary>
        <p className="quiet public-notice">{of.notice}</p>
      </details>
      {of.listed ? (
        <Link to="/public/runs/$run" params={{ run: String(of.run) }} search={{}}>
          {t('see')} →
        </Link>
      ) : (
        <span className="quiet">{t('counts')}</span>
      )}
    </Panel>
  )
}
