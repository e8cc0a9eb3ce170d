import './codes.css'
import { DownloadOutlined } from '@ant-design/icons'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { save } from '../../api'
import { kindFields, kinds } from '../../api/queries'
import { Answer, Failed, Loading, Nothing, Page, Panel, PlainTable, StatusBadge } from '../../ui'
import { usePlaces } from '../../ui/places'
import { t } from './codes.words'
import { type CodeList, csvOf, type Group, listsOf, searched } from './lists'
import { Values } from './Values'

const route = getRouteApi('/inside/codes')
const GROUPS: readonly Group[] = ['option', 'region', 'system']
const FEW = 4

/** Which values there are, what they are called, and which fields of which kinds use them. */
export function Codes() {
  const answer = useQuery(kinds)
  return (
    <Page title={t('codes')} help="lists#code-lists">
      <p className="quiet codes-note">{t('note')}</p>
      <Answer of={answer}>{(all) => <Lists kinds={all.kinds} />}</Answer>
    </Page>
  )
}

function Lists({ kinds: all }: { kinds: Parameters<typeof listsOf>[0] }) {
  const { q = '', group, list } = route.useSearch()
  const go = route.useNavigate()
  const places = usePlaces()
  const answers = useQueries({ queries: all.map((one) => kindFields(one.kind)) })
  const failed = answers.find((one) => one.error)
  if (failed) return <Failed cause={failed.error} onAgain={() => void failed.refetch()} />
  const fields = answers.flatMap((one) => one.data ?? [])
  if (fields.length < all.length) return <Loading rows={10} />
  const lists = listsOf(all, fields, places)
  const shown = searched(lists, q, group)
  return (
    <>
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={q}
          aria-label={t('find')}
          placeholder={t('find')}
          onSearch={(next) => go({ search: (was) => ({ ...was, q: next || undefined }) })}
        />
        <Select
          aria-label={t('group')}
          value={group ?? ''}
          options={[{ value: '', label: t('all') }, ...GROUPS.map((value) => ({ value, label: t(value) }))]}
          onChange={(next) => go({ search: (was) => ({ ...was, group: next || undefined }) })}
        />
        <Button
          icon={<DownloadOutlined />}
          disabled={shown.length === 0}
          onClick={() => save(new Blob([csvOf(shown)], { type: 'text/csv' }), `${t('file')}.csv`)}
        >
          {t('export')}
        </Button>
      </div>
      <Panel title={t('found', { n: shown.length, m: shown.flatMap((one) => one.values).length })}>
        {shown.length === 0 ? (
          <Nothing
            say={t('none')}
            onClear={() => go({ search: (was) => ({ ...was, q: undefined, group: undefined }) })}
          />
        ) : (
          <PlainTable
            named
            className="codes-table"
            label={t('codes')}
            head={[t('list'), t('values'), t('uses'), t('source')]}
            rows={shown.map((one) => ({
              key: one.key,
              cells: [
                <Button
                  key="l"
                  type="link"
                  size="small"
                  aria-label={t('open', { name: one.title })}
                  onClick={() => go({ search: (was) => ({ ...was, list: one.key }) })}
                >
                  {one.title}
                </Button>,
                <span key="v" className="codes-values">
                  {preview(one)}
                </span>,
                uses(one),
                one.status === undefined ? t(one.group) : <StatusBadge key="s" status={one.status} />,
              ],
            }))}
          />
        )}
      </Panel>
      <Values
        of={lists.find((one) => one.key === list)}
        onClose={() => go({ search: (was) => ({ ...was, list: undefined }) })}
      />
    </>
  )
}

const preview = ({ values }: CodeList) =>
  `${values
    .slice(0, FEW)
    .map((one) => one.name)
    .join(' · ')}${values.length > FEW ? ` … ${values.length}` : ''}`

const uses = ({ uses: all }: CodeList) =>
  all.length > 2
    ? t('fields', { n: all.length })
    : all.map((one) => `${one.title} · ${one.field}`).join(' / ') || '—'
