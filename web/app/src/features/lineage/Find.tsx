import './lineage.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { subjectList } from '../../api'
import { kinds } from '../../api/queries'
import { Answer, Nothing, Page, Panel } from '../../ui'
import { kindId } from '../../ui/kinds'
import { t } from './lineage.words'

const route = getRouteApi('/inside/lineage')
const MOST = 20

/** The first step: whose figure. */
export function Find() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const all = (useQuery(kinds).data?.kinds ?? []).filter((one) => one.seen)
  const kind = search.kind ?? (all.find((one) => kindId(one.kind) === 'enterprise') ?? all[0])?.kind ?? ''
  const q = search.q?.trim() ?? ''
  const answer = useQuery({
    queryKey: ['subjects', kind, 'lineage', q],
    queryFn: ({ signal }) => subjectList({ kind, q, limit: MOST }, { signal }),
    enabled: kind !== '' && q.length > 1,
  })
  return (
    <Page title={t('lineage')} help="lists#lineage">
      <p className="quiet lineage-note">{t('findNote')}</p>
      <div className="filters">
        <Select
          aria-label={t('kind')}
          value={kind || null}
          options={all.map((one) => ({ value: one.kind, label: one.title }))}
          onChange={(next: string) => go({ search: (was) => ({ ...was, kind: next }) })}
        />
        <Input.Search
          allowClear
          defaultValue={q}
          aria-label={t('find')}
          placeholder={t('find')}
          onSearch={(next) => go({ search: (was) => ({ ...was, q: next || undefined }) })}
        />
      </div>
      <Panel>
        {q.length < 2 ? (
          <Nothing say={t('begin')} />
        ) : (
          <Answer of={answer} empty={(data) => data.rows.length === 0} nothing={<Nothing say={t('none')} />}>
            {(data) => {
              const name = data.columns.find((one) => one.type === 'text')?.name ?? ''
              return (
                <ul className="plain-list">
                  {data.rows.map((row) => (
                    <li key={row.identity}>
                      <Link to="/lineage/$kind/$id" params={{ kind, id: row.identity }}>
                        {row.cells[name] || row.identity}
                      </Link>{' '}
                      <span className="quiet num">{row.identity}</span>
                    </li>
                  ))}
                </ul>
              )
            }}
          </Answer>
        )}
      </Panel>
    </Page>
  )
}
