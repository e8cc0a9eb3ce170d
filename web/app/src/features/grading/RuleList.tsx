import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { type RuleEntry, useMay } from '../../api'
import { ListPage, StatusBadge } from '../../ui'
import { t } from './grading.words'
import { rules } from './queries'
import { StateTag } from './state'

const route = getRouteApi('/inside/rules')

export function RuleList() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const all = useQuery(rules)
  const mayDraft = useMay('rule_draft')
  const asked = (one: RuleEntry) =>
    (!search.q || one.name.includes(search.q)) &&
    (!search.kind || one.kind === search.kind) &&
    (!search.state || one.state === search.state)
  const options = (values: [string, string][]) =>
    [...new Map(values)].map(([value, label]) => ({ value, label }))
  return (
    <ListPage<RuleEntry, { rules: RuleEntry[] }>
      page={{
        title: t('rules'),
        help: 'author#rules',
        actions: mayDraft ? <Link to="/rules/new">{t('newRules')}</Link> : null,
      }}
      filters={
        <>
          <Input.Search
            allowClear
            aria-label={t('find')}
            placeholder={t('find')}
            defaultValue={search.q ?? ''}
            onSearch={(q) => go({ search: (was) => ({ ...was, q: q || undefined }) })}
          />
          <Select
            allowClear
            aria-label={t('kind')}
            placeholder={t('anyKind')}
            value={search.kind ?? null}
            options={options(all.data?.rules.map((r) => [r.kind, r.kind]) ?? [])}
            onChange={(kind?: string) => go({ search: (was) => ({ ...was, kind }) })}
          />
          <Select
            allowClear
            aria-label={t('state')}
            placeholder={t('anyState')}
            value={search.state ?? null}
            options={options(all.data?.rules.map((r) => [r.state, r.state_name]) ?? [])}
            onChange={(state?: string) => go({ search: (was) => ({ ...was, state }) })}
          />
        </>
      }
      of={all}
      rows={(data) => data.rules.filter(asked).sort((a, b) => b.entry - a.entry)}
      rowKey={(one) => String(one.entry)}
      nothing={t('noRules')}
      onClear={search.q || search.kind || search.state ? () => go({ search: {} }) : undefined}
      columns={[
        {
          key: 'name',
          title: t('name'),
          width: 360,
          show: (one) => (
            <Link to="/rules/$entry" params={{ entry: String(one.entry) }}>
              {one.name}
            </Link>
          ),
        },
        {
          key: 'status',
          title: t('origin'),
          width: 90,
          show: (one) => <StatusBadge status={one.status} />,
        },
        { key: 'version', title: t('version'), width: 120, show: (one) => one.version },
        { key: 'kind', title: t('kind'), width: 160, show: (one) => one.kind },
        {
          key: 'state',
          title: t('state'),
          width: 120,
          show: (one) => <StateTag state={one.state} name={one.state_name} />,
        },
      ]}
    />
  )
}
