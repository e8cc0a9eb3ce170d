import './policy.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { type EntitledYear, entitlementList, entitlementYears } from '../../api'
import { named } from '../../api/queries'
import { Answer, getPrefs, Page, Panel } from '../../ui'
import { Range } from '../../ui/Range'
import { Entitled } from './Entitled'
import { t } from './policy.words'

const route = getRouteApi('/inside/entitlements/$kind/$id')

/** All policies on one screen, for one subject. */
export function EntitlementPage() {
  const { kind, id } = route.useParams()
  const { tab } = route.useSearch()
  const go = route.useNavigate()
  const { year } = useSearch({ strict: false })
  const lang = getPrefs().lang
  const name = useQuery(named(kind, id))
  const answer = useQuery({
    queryKey: ['entitlements', kind, id, year, lang],
    queryFn: ({ signal }) => entitlementList({ kind, id, period: year ?? null, lang }, { signal }),
  })
  const who = Object.values(name.data?.rows.find((row) => row.identity === id)?.cells ?? {})[1] ?? id
  return (
    <Page
      title={`${t('entitlements')}`}
      help="enterprise#policies"
      aside={
        <Link to="/subjects/$kind/$id" params={{ kind, id }}>
          {who}
        </Link>
      }
    >
      <Tabs
        destroyOnHidden
        activeKey={tab ?? 'now'}
        onChange={(key) => go({ search: (was) => ({ ...was, tab: key === 'years' ? key : undefined }) })}
        items={[
          {
            key: 'now',
            label: t('entitlements'),
            children: <Answer of={answer}>{(data) => <Entitled of={data} kind={kind} id={id} />}</Answer>,
          },
          { key: 'years', label: t('years'), children: <Years kind={kind} id={id} /> },
        ]}
      />
    </Page>
  )
}

function Years({ kind, id }: { kind: string; id: string }) {
  const answer = useQuery({
    queryKey: ['entitlements', kind, id, 'years'],
    queryFn: ({ signal }) => entitlementYears({ kind, id }, { signal }),
  })
  return (
    <Answer of={answer} empty={(data) => data.years.length === 0}>
      {(data) => (
        <div className="panels">
          {data.years.map((one) => (
            <Year key={one.period} of={one} />
          ))}
        </div>
      )}
    </Answer>
  )
}

function Year({ of }: { of: EntitledYear }) {
  return (
    <Panel title={t('year', { n: of.period })} extra={<Range of={of.highest} />}>
      <ul className="plain-rows">
        {of.lines.map((line) => (
          <li key={line.policy}>
            <span>{line.name}</span>
            <span>
              <Range of={line.highest} />
            </span>
          </li>
        ))}
      </ul>
      {of.lines.length === 0 ? <p className="quiet">{t('nothingIn')}</p> : null}
    </Panel>
  )
}
