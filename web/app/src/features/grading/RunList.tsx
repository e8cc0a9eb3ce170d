import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { type Run, useMay } from '../../api'
import { kinds, runs } from '../../api/queries'
import { Decimal, ListPage, StatusBadge } from '../../ui'
import { t } from './grading.words'
import { RunNew } from './RunNew'
import { StateTag } from './state'

const route = getRouteApi('/inside/runs')

export function RunList() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const all = useQuery(runs)
  const named = useQuery(kinds)
  const mayDraft = useMay('run_new', 'rule_list')
  const draft = (on: boolean) => go({ search: (was) => ({ ...was, draft: on || undefined }) })
  const title = (kind: string) => named.data?.kinds.find((one) => one.kind === kind)?.title ?? kind
  const asked = (one: Run) =>
    (!search.kind || one.kind === search.kind) &&
    (!search.state || one.state === search.state) &&
    (!search.year || one.period === search.year)
  const found = (data: { runs: Run[] }) => data.runs.filter(asked).sort((a, b) => b.run - a.run)
  const options = (values: (readonly [string, string])[]) =>
    [...new Map(values)].map(([value, label]) => ({ value, label }))
  return (
    <>
      <ListPage<Run, { runs: Run[] }>
        page={{
          title: t('runs'),
          help: 'officer#runs',
          actions: mayDraft ? (
            <Button type="primary" onClick={() => draft(true)}>
              {t('newRun')}
            </Button>
          ) : null,
        }}
        filters={
          <>
            <Select
              allowClear
              aria-label={t('kind')}
              placeholder={t('anyKind')}
              value={search.kind ?? null}
              options={options(all.data?.runs.map((r) => [r.kind, title(r.kind)] as const) ?? [])}
              onChange={(kind?: string) => go({ search: (was) => ({ ...was, kind }) })}
            />
            <Select
              allowClear
              aria-label={t('state')}
              placeholder={t('anyState')}
              value={search.state ?? null}
              options={options(all.data?.runs.map((r) => [r.state, r.state_name] as const) ?? [])}
              onChange={(state?: string) => go({ search: (was) => ({ ...was, state }) })}
            />
          </>
        }
        of={all}
        rows={found}
        rowKey={(one) => String(one.run)}
        nothing={t('noRuns')}
        onClear={
          search.kind || search.state || search.year
            ? () => go({ search: (was) => ({ ...was, kind: undefined, state: undefined, year: undefined }) })
            : undefined
        }
        columns={[
          { key: 'run', title: t('number'), figure: true, width: 80, show: (one) => one.run },
          {
            key: 'title',
            title: t('title'),
            width: 320,
            show: (one) => (
              <Link to="/runs/$run" params={{ run: String(one.run) }}>
                {one.title}
              </Link>
            ),
          },
          {
            key: 'status',
            title: t('origin'),
            width: 90,
            show: (one) => <StatusBadge status={one.status} />,
          },
          { key: 'kind', title: t('kind'), width: 130, show: (one) => title(one.kind) },
          { key: 'period', title: t('period'), figure: true, width: 90, show: (one) => one.period },
          { key: 'day', title: t('day'), width: 120, show: (one) => one.day },
          {
            key: 'subjects',
            title: t('subjects'),
            figure: true,
            width: 110,
            show: (one) => (one.subjects == null ? null : <Decimal value={String(one.subjects)} />),
          },
          {
            key: 'state',
            title: t('state'),
            width: 110,
            show: (one) => <StateTag state={one.state} name={one.state_name} />,
          },
        ]}
      />
      {search.draft && mayDraft ? <RunNew onClose={() => draft(false)} /> : null}
    </>
  )
}
