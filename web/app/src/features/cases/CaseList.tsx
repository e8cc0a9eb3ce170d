import './cases.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Dropdown, Select, Tabs } from 'antd'
import { type CasePage, type CaseRow, type CaseType, caseList, useMay } from '../../api'
import { tasks, typesOfCases } from '../../api/queries'
import { type Column, List, Moment, Page, StatusBadge } from '../../ui'
import { t } from './cases.words'
import { Open } from './Open'

const route = getRouteApi('/inside/cases')

export function CaseList() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const known = useQuery(typesOfCases)
  const mayOpen = useMay('case_open')
  const openable = mayOpen ? (known.data?.types ?? []).filter((one) => one.openable) : []
  const nameOf = (one: CaseType) => `${one.type} ${one.kind}`
  const opening = openable.find((one) => nameOf(one) === search.open)
  const open = (one?: CaseType) => go({ search: (was) => ({ ...was, open: one && nameOf(one) }) })
  return (
    <Page
      title={t('cases')}
      help="officer#cases"
      actions={
        openable.length > 0 ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: openable.map((one, at) => ({
                key: String(at),
                label: (
                  <>
                    {one.type} <StatusBadge status={one.status} />
                  </>
                ),
              })),
              onClick: ({ key }) => open(openable[Number(key)]),
            }}
          >
            <Button type="primary">{t('openNew')}</Button>
          </Dropdown>
        ) : null
      }
    >
      <Tabs
        activeKey={search.tab ?? 'mine'}
        onChange={(key) =>
          go({ search: (was) => ({ ...was, tab: key === 'all' ? ('all' as const) : undefined }) })
        }
        destroyOnHidden
        items={[
          { key: 'mine', label: t('mine'), children: <Mine /> },
          { key: 'all', label: t('all'), children: <All kinds={known.data?.types ?? []} /> },
        ]}
      />
      {opening ? <Open type={opening} onClose={() => open()} /> : null}
    </Page>
  )
}

const columns = (): readonly Column<CaseRow>[] => [
  {
    key: 'number',
    title: t('number'),
    figure: true,
    width: 70,
    show: (one) => (
      <Link to="/cases/$number" params={{ number: String(one.number) }}>
        {one.number}
      </Link>
    ),
  },
  {
    key: 'title',
    title: t('title'),
    width: 270,
    show: (one) => (
      <Link to="/cases/$number" params={{ number: String(one.number) }}>
        {one.title || one.type}
      </Link>
    ),
  },
  { key: 'type', title: t('type'), width: 130, show: (one) => one.type },
  { key: 'name', title: t('whose'), width: 240, show: (one) => one.name || one.id },
  { key: 'state', title: t('state'), width: 90, show: (one) => one.state },
  { key: 'due', title: t('due'), width: 160, show: (one) => <Due of={one} /> },
  { key: 'opened', title: t('opened'), width: 150, show: (one) => <Moment at={one.opened} /> },
]

function Due({ of }: { of: CaseRow }) {
  if (!of.due) return <span className="missing">—</span>
  return (
    <span className={of.overdue ? 'fall' : undefined}>
      <time dateTime={of.due}>{of.due}</time>
      {of.overdue ? ` ${t('overdue')}` : null}
    </span>
  )
}

/** What waits for the one who is here, most pressing first. */
function Mine() {
  const answer = useQuery(tasks)
  return (
    <List<CaseRow, NonNullable<typeof answer.data>>
      of={answer}
      rows={(data) => data.cases}
      rowKey={(one) => String(one.number)}
      nothing={t('noTasks')}
      count={(data) => (
        <>
          {t('tasksTotal', { n: data.total })}{' '}
          {data.overdue > 0 ? <b className="fall">{t('tasksOverdue', { n: data.overdue })}</b> : null}{' '}
          {data.payments > 0 ? (
            <Link to="/ledger" search={{ state: 'requested' }}>
              {t('payments', { n: data.payments })}
            </Link>
          ) : null}
        </>
      )}
      columns={columns()}
    />
  )
}

function All({ kinds }: { kinds: readonly CaseType[] }) {
  const { type, ended, before, year, at } = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery({
    queryKey: ['cases', 'list', type, ended, before, year, at],
    queryFn: ({ signal }) =>
      caseList(
        {
          type: type ?? null,
          ended: ended ?? null,
          before: before ?? null,
          year: year ?? null,
          locality: at ?? null,
        },
        { signal },
      ),
  })
  return (
    <>
      <div className="filters">
        <Select
          allowClear
          aria-label={t('type')}
          placeholder={t('anyType')}
          popupMatchSelectWidth={false}
          value={type ?? null}
          options={[...new Set(kinds.map((one) => one.type))].map((value) => ({ value, label: value }))}
          onChange={(next) =>
            go({ search: (was) => ({ ...was, type: next ?? undefined, before: undefined }) })
          }
        />
        <Select
          allowClear
          aria-label={t('state')}
          placeholder={t('state')}
          value={ended ?? null}
          options={[
            { value: false, label: t('going') },
            { value: true, label: t('ended') },
          ]}
          onChange={(next) =>
            go({ search: (was) => ({ ...was, ended: next ?? undefined, before: undefined }) })
          }
        />
      </div>
      <List<CaseRow, CasePage>
        of={answer}
        rows={(data) => data.cases}
        rowKey={(one) => String(one.number)}
        nothing={t('noCases')}
        onClear={
          type || ended !== undefined || year || at
            ? () =>
                go({
                  search: (was) => ({
                    ...was,
                    type: undefined,
                    ended: undefined,
                    year: undefined,
                    at: undefined,
                  }),
                })
            : undefined
        }
        next={(data) => (data.next == null ? null : String(data.next))}
        cursor={before === undefined ? undefined : String(before)}
        onCursor={(next) =>
          go({ search: (was) => ({ ...was, before: next === undefined ? undefined : Number(next) }) })
        }
        columns={columns()}
      />
    </>
  )
}
