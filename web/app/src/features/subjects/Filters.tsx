import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Popover, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import type { Facet, KindField, QueryTerm } from '../../api'
import { Decimal } from '../../ui'
import { type Condition, type SubjectSearch, withCondition } from './search'
import { t } from './subjects.words'
import type { KindParts } from './useKindFields'

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
          {one[0]} {t(`op_${one[1]}`)} {one.slice(2).join(' ~ ')}
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

const OPS: Record<string, readonly QueryTerm['op'][]> = {
  number: ['ge', 'le', 'gt', 'lt', 'eq', 'between', 'missing', 'present'],
  day: ['ge', 'le', 'eq', 'missing', 'present'],
  choice: ['eq', 'ne', 'missing', 'present'],
  truth: ['eq', 'missing', 'present'],
  text: ['contains', 'starts', 'eq', 'missing', 'present'],
}

const opsOf = (field: KindField | undefined) => OPS[field?.type ?? 'text'] ?? OPS.text!

interface Given {
  field: string
  op: QueryTerm['op']
  first?: string
  second?: string
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
        <MoreForm
          fields={fields}
          onAdd={(one) => {
            setOpen(false)
            onAdd(one)
          }}
        />
      }
    >
      <Button icon={<PlusOutlined />}>{t('more')}</Button>
    </Popover>
  )
}

function MoreForm({ fields, onAdd }: { fields: readonly KindField[]; onAdd: (one: Condition) => void }) {
  const [form] = Form.useForm<Given>()
  const name = Form.useWatch('field', form)
  const op = Form.useWatch('op', form)
  const field = fields.find((one) => one.name === name)
  const without = op === 'missing' || op === 'present'
  const add = (given: Given) => {
    const values = without ? [] : [given.first ?? '', ...(op === 'between' ? [given.second ?? ''] : [])]
    onAdd([given.field, given.op, ...values.map((value) => withUnit(value.trim(), field))])
  }
  return (
    <Form form={form} layout="vertical" className="filter-form" onFinish={add} requiredMark={false}>
      <Form.Item name="field" label={t('field')} rules={[{ required: true }]}>
        <Select
          showSearch
          options={fields.map((one) => ({ value: one.name, label: one.name }))}
          onChange={(to) =>
            form.setFieldsValue({
              op: opsOf(fields.find((one) => one.name === to))[0]!,
              first: '',
              second: '',
            })
          }
        />
      </Form.Item>
      <Form.Item name="op" label={t('compare')} rules={[{ required: true }]}>
        <Select options={opsOf(field).map((one) => ({ value: one, label: t(`op_${one}`) }))} />
      </Form.Item>
      {without ? null : (
        <Form.Item name="first" label={t('value')} rules={[{ required: true }]}>
          {field && field.options.length > 0 ? (
            <Select options={field.options.map((one) => ({ value: one, label: one }))} />
          ) : (
            <Input suffix={field?.unit} inputMode={field?.type === 'number' ? 'decimal' : 'text'} />
          )}
        </Form.Item>
      )}
      {op === 'between' ? (
        <Form.Item name="second" label="~" rules={[{ required: true }]}>
          <Input suffix={field?.unit} inputMode="decimal" />
        </Form.Item>
      ) : null}
      <Button type="primary" htmlType="submit">
        {t('add')}
      </Button>
    </Form>
  )
}

/** 500 of a field in 10,000 yuan means 500 of these. */
const withUnit = (value: string, field: KindField | undefined) =>
  field?.type === 'number' && field.unit && /^-?[\d.]+$/.test(value) ? value + field.unit : value
