import './subjects.css'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Select, Switch } from 'antd'
import { useState } from 'react'
import { type Held, type SubjectProfile, search } from '../../api'
import { subject, useKind } from '../../api/queries'
import { inWords } from '../../domain/explanation'
import { Cell, Failed, Grade, Loading, Nothing, Page, Panel } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { newest } from '../../ui/ResultList'
import { RunStatus } from '../../ui/RunStatus'
import { WhyLink } from '../../ui/WhyLink'
import { t } from './subjects.words'

const MOST = 4

/** Two to four subjects side by side: results first, then every fact that any of them has. */
export function Compare() {
  const { kind } = useParams({ from: '/inside/compare/$kind' })
  const { ids } = useSearch({ from: '/inside/compare/$kind' })
  const { title } = useKind(kind)
  const answers = useQueries({ queries: ids.map((id) => subject(kind, id)) })
  const failed = answers.find((one) => one.error)
  const known = answers.flatMap((one) => (one.data ? [one.data] : []))
  return (
    <Page
      title={t('compareOf', { name: title })}
      aside={<RunStatus of={known.flatMap((one) => newest(one.facts).map((fact) => fact.run))} />}
      help="lists"
    >
      {ids.length < MOST ? <Another key={ids.length} kind={kind} ids={ids} /> : null}
      {failed ? <Failed cause={failed.error} /> : null}
      {ids.length === 0 ? <Nothing say={t('compareFew')} /> : null}
      {ids.length === 1 ? <p className="quiet">{t('compareFew')}</p> : null}
      {known.length < ids.length && !failed ? <Loading /> : null}
      {known.length === ids.length && known.length > 0 ? <Table kind={kind} of={known} /> : null}
    </Page>
  )
}

/** Found by name, pinyin or code, and put beside the others. */
function Another({ kind, ids }: { kind: string; ids: readonly string[] }) {
  const navigate = useNavigate({ from: '/compare/$kind' })
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const found = useQuery({
    queryKey: ['search', kind, q],
    queryFn: ({ signal }) => search({ q, kind, limit: 8 }, { signal }),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  })
  return (
    <div className="filters no-print">
      <Select
        showSearch={{ filterOption: false, onSearch: setTyped }}
        aria-label={t('compareAdd')}
        placeholder={t('compareAdd')}
        className="compare-add"
        value={null}
        popupMatchSelectWidth={false}
        notFoundContent={q.length > 1 && !found.isFetching ? t('notFound') : null}
        options={(found.data?.hits ?? [])
          .filter((one) => !ids.includes(one.identity))
          .map((one) => ({ value: one.identity, label: one.name || one.identity }))}
        onChange={(id: string) => void navigate({ search: (old) => ({ ...old, ids: [...ids, id] }) })}
      />
    </div>
  )
}

function Table({ kind, of }: { kind: string; of: readonly SubjectProfile[] }) {
  const [differing, setDiffering] = useState(false)
  const navigate = useNavigate({ from: '/compare/$kind' })
  const place = usePlaceName()
  const values = of.map((one) => new Map(one.facts.map((fact) => [fact.column, fact])))
  const columns = [...new Set(of.flatMap((one) => one.facts.map((fact) => fact.column)))]
  const isResult = (column: string) => values.some((one) => (one.get(column)?.run ?? 0) !== 0)
  const differs = (column: string) => new Set(values.map((one) => one.get(column)?.value ?? '')).size > 1
  const shown = [...columns.filter(isResult), ...columns.filter((column) => !isResult(column))].filter(
    (column) => !differing || differs(column),
  )
  const leave = (id: string) =>
    void navigate({
      search: (old) => ({ ...old, ids: of.map((one) => one.identity).filter((one) => one !== id) }),
    })
  return (
    <Panel
      wide
      extra={
        <span className="no-print">
          <Switch aria-label={t('differing')} checked={differing} onChange={setDiffering} /> {t('differing')}
        </span>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className="scroll-x" tabIndex={0} aria-label={t('compare')}>
        <table className="plain matrix">
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              {of.map((one) => (
                <th key={one.identity} scope="col">
                  <Link to="/subjects/$kind/$id" params={{ kind, id: one.identity }}>
                    {one.name || one.identity}
                  </Link>
                  <div className="quiet">{one.locality ? place(one.locality) : one.identity}</div>
                  <Button size="small" className="no-print" onClick={() => leave(one.identity)}>
                    {t('remove')}
                  </Button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <tr key={column} className={differs(column) ? 'differs' : undefined}>
                <th scope="row">{inWords(column)}</th>
                {values.map((one, at) => {
                  const fact = one.get(column)
                  return (
                    <td key={of[at]!.identity}>
                      {fact && fact.run !== 0 ? (
                        <Result id={of[at]!.identity} of={fact} />
                      ) : (
                        <Cell
                          value={fact?.type === 'region' ? place(fact.value) : fact?.value}
                          type={fact?.type}
                        />
                      )}
                      {fact?.unit ? <span className="unit"> {fact.unit}</span> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}

function Result({ id, of }: { id: string; of: Held }) {
  return (
    <WhyLink run={of.run} id={id} item={of.field} value={of.value}>
      {of.type === 'choice' ? <Grade value={of.value} /> : <Cell value={of.value} type="number" />}
    </WhyLink>
  )
}
