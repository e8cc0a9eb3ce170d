import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { subjectList } from '../../api'
import { PlainTable } from '../../ui'
import { t } from './codes.words'
import type { CodeList, Use } from './lists'

/** The values of one list, and how many subjects have each. */
export function Values({ of, onClose }: { of: CodeList | undefined; onClose: () => void }) {
  return (
    <Drawer open={of !== undefined} title={of?.title ?? ''} size={640} onClose={onClose} destroyOnHidden>
      {of ? <Table of={of} /> : null}
    </Drawer>
  )
}

/** One of each kind is counted, and those with a year are not: what holds of them depends on it. */
const counted = (uses: readonly Use[]) =>
  uses.filter((one, at) => !one.dated && uses.findIndex((other) => other.kind === one.kind) === at)

function Table({ of }: { of: CodeList }) {
  const uses = counted(of.uses)
  const counts = useQueries({
    queries: uses.map(({ kind, field }) => ({
      queryKey: ['subjects', kind, 'codes', field],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        subjectList({ kind, facets: [field], limit: 1 }, { signal }),
    })),
  })
  const same = of.values.every((one) => one.code === one.name)
  const english = of.values.some((one) => one.english !== '')
  return (
    <div className="codes-list">
      {of.note ? <p className="quiet">{of.note}</p> : null}
      <PlainTable
        named
        className="codes-table"
        label={of.title}
        head={[
          ...(same ? [] : [t('code')]),
          t('name'),
          ...(english ? [t('english')] : []),
          ...uses.map((one) => `${one.title} · ${one.field}`),
        ]}
        rows={of.values.map((value) => ({
          key: value.code,
          cells: [
            ...(same ? [] : [value.code]),
            value.name,
            ...(english ? [value.english || '—'] : []),
            ...uses.map(({ kind, field }, at) => {
              const n = counts[at]?.data?.facets[0]?.counts.find((one) => one.value === value.code)?.n
              return n === undefined ? (
                counts[at]?.isPending ? (
                  '…'
                ) : (
                  '—'
                )
              ) : (
                <Link
                  key={kind}
                  to="/subjects/$kind"
                  params={{ kind }}
                  search={{ when: [[field, 'eq', value.code]] }}
                >
                  {n}
                </Link>
              )
            }),
          ],
        }))}
      />
      {english && of.group === 'option' ? <p className="quiet">{t('noEnglish')}</p> : null}
      <h3>{t('uses')}</h3>
      <ul className="plain-list">
        {of.uses.map((one) => (
          <li key={`${one.kind} ${one.field}`}>
            {one.title} · {one.field}
          </li>
        ))}
      </ul>
    </div>
  )
}
