import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Select, Tag } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Facet, KindField } from '../../api'
import { Decimal, Loading } from '../../ui'
import { t as word } from '../../ui/compare.words'
import { type Condition, type SubjectSearch, withCondition } from './search'
import { t } from './subjects.words'
import type { KindParts } from './useKindFields'

const MoreForm = lazy(() => import('./MoreForm'))

interface Props {
  parts: KindParts
  narrowing: readonly string[]
  facets: readonly Facet[]
  search: SubjectSearch
  onChange: (part: Partial<SubjectSearch>) => void
  onClear: (() => void) | undefined
}

/** What a list is narrowed by; all of it stands in the address. */
export function Filters({ parts, narrowing, facets, search, onChange, onClear }: Props) {
  const others = (search.when ?? []).filter((one) => !(narrowing.includes(one[0]) && one[1] === 'in'))
  return (
    <>
      <Words q={search.q} onChange={(q) => onChange({ q })} />
      {narrowing.map((field) => (
        <Narrow
          key={field}
          field={field}
          counts={facets.find((one) => one.field === field)?.counts ?? []}
          chosen={(search.when ?? []).find((one) => one[0] === field && one[1] === 'in')?.slice(2) ?? []}
          onChange={(values) => onChange({ when: withCondition(search.when, field, 'in', values) })}
        />
      ))}
      {others.map((one) => (
        <Tag
          key={one.join(' ')}
          closable={{ closeIcon: <CloseOutlined />, 'aria-label': t('remove') }}
          onClose={() => onChange({ when: withCondition(search.when, one[0], one[1], []) })}
        >
          {one[0]} {word(`op_${one[1]}`)} {one.slice(2).join(' ~ ')}
        </Tag>
      ))}
      {search.where ? (
        <Tag closable onClose={() => onChange({ where: undefined })}>
          {search.where}
        </Tag>
      ) : null}
      <More
        fields={parts.fields}
        onAdd={([field, op, ...values]) =>
          onChange({
            when: [...(search.when ?? []).filter((one) => one[0] !== field), [field, op, ...values]],
          })
        }
      />
      {onClear ? (
        <Button type="link" onClick={onClear}>
          {t('clear')}
        </Button>
      ) : null}
    </>
  )
}

/** Asks when one stops to type, not at each letter. */
function Words({ q, onChange }: { q: string | undefined; onChange: (q: string | undefined) => void }) {
  const [text, setText] = useState(q ?? '')
  useEffect(() => setText(q ?? ''), [q])
  return (
    <Input.Search
      value={text}
      allowClear
      placeholder={t('name')}
      aria-label={t('name')}
      onChange={(event) => setText(event.target.value)}
      onSearch={(value) => onChange(value.trim() || undefined)}
    />
  )
}

function Narrow({
  field,
  counts,
  chosen,
  onChange,
}: {
  field: string
  counts: Facet['counts']
  chosen: readonly string[]
  onChange: (values: string[]) => void
}) {
  const known = counts.filter((one) => one.value !== '')
  const gone = chosen
    .filter((value) => !known.some((one) => one.value === value))
    .map((value) => ({ value, n: 0 }))
  return (
    <Select
      mode="multiple"
      className="filter-choice"
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      aria-label={field}
      placeholder={t('any', { name: field })}
      value={[...chosen]}
      onChange={onChange}
      options={[...known, ...gone].map((one) => ({
        value: one.value,
        title: one.value,
        label: one.value,
        n: one.n,
      }))}
      optionRender={({ data }) => (
        <span className="filter-option">
          <span>{data.label}</span>
          <span className="quiet">
            <Decimal value={String(data.n)} />
          </span>
        </span>
      )}
    />
  )
}

/** Any field, any comparison. */
function More({ fields, onAdd }: { fields: readonly KindField[]; onAdd: (one: Condition) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        <Suspense fallback={<Loading rows={4} />}>
          <MoreForm
            fields={fields}
            onAdd={(one) => {
              setOpen(false)
              onAdd(one)
            }}
          />
        </Suspense>
      }
    >
      <Button icon={<PlusOutlined />}>{t('more')}</Button>
    </Popover>
  )
}
