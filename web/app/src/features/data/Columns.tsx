import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { ImportColumn, ImportHow, ImportPreview } from '../../api'
import { kindFields } from '../../api/queries'
import { Panel, PlainTable } from '../../ui'
import { t } from './data.words'

const LEAVE = ''

/** Each column and the field that it is; what the server is not sure of is asked. */
export function Columns({
  of,
  how,
  onHow,
}: {
  of: ImportPreview
  how: ImportHow
  onHow: (how: ImportHow) => void
}) {
  const fields = useQuery(kindFields(of.file.kind))
  const names = (fields.data?.fields ?? []).map((one) => one.name)
  const choose = (column: number, as: string) =>
    onHow({
      ...how,
      columns: [...(how.columns ?? []).filter((one) => one.column !== column), { column, as }],
    })
  return (
    <Panel title={t('columns')}>
      <PlainTable
        head={[t('column'), t('field'), t('how')]}
        rows={of.columns.map((one) => ({
          key: one.column,
          cells: [
            <>
              <code>{one.letter}</code> {one.name}
            </>,
            <Select
              key="f"
              aria-label={`${t('field')} ${one.letter}`}
              className="import-field"
              showSearch
              value={one.as || LEAVE}
              options={[
                { value: LEAVE, label: t('leaveOut') },
                ...[...new Set([...(one.as ? [one.as] : []), ...names])].map((value) => ({
                  value,
                  label: value,
                })),
              ]}
              onChange={(as) => choose(one.column, as)}
            />,
            <Met key="m" of={one} all={of.columns} onTake={() => choose(one.column, one.near)} />,
          ],
        }))}
      />
    </Panel>
  )
}

function Met({ of, all, onTake }: { of: ImportColumn; all: ImportColumn[]; onTake: () => void }) {
  if (of.same_as != null)
    return <span className="fall">{t('sameAs', { letter: all[of.same_as]?.letter ?? of.same_as })}</span>
  if (of.near && !of.as)
    return (
      <Button size="small" onClick={onTake}>
        {t('maybe', { name: of.near })}
      </Button>
    )
  return <span className="quiet">{t(of.how)}</span>
}
