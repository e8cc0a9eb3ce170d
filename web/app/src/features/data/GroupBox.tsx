import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Select, Space } from 'antd'
import type { KindField } from '../../api'
import { type Op, opsOf, valuesOf, withUnit } from '../../domain/comparisons'
import { EMPTY, type Group, isGroup, nameOf, type Test } from '../../domain/question'
import { t as word } from '../../ui/compare.words'
import { t } from './queries.words'

interface Box<What> {
  of: What
  fields: readonly KindField[]
  onChange: (next: What) => void
  onDrop?: () => void
}

const DEEPEST = 3

/** Conditions of which all or any must hold; groups stand within groups. */
export function GroupBox({ of, fields, onChange, onDrop, depth = 0 }: Box<Group> & { depth?: number }) {
  const put = (at: number, next: Test | Group | undefined) =>
    onChange({ ...of, of: of.of.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])) })
  const add = (one: Test | Group) => onChange({ ...of, of: [...of.of, one] })
  return (
    <fieldset className="query-group">
      <legend>
        <Space wrap size={8}>
          <Select
            size="small"
            aria-label={t('join')}
            value={of.join}
            options={(['all', 'any'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(join) => onChange({ ...of, join })}
          />
          <Checkbox checked={of.not} onChange={(event) => onChange({ ...of, not: event.target.checked })}>
            {t('not')}
          </Checkbox>
          {onDrop ? (
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('dropGroup')}
              onClick={onDrop}
            />
          ) : null}
        </Space>
      </legend>
      {of.of.map((one, at) =>
        isGroup(one) ? (
          <GroupBox
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
            key={at}
            of={one}
            fields={fields}
            depth={depth + 1}
            onChange={(next) => put(at, next)}
            onDrop={() => put(at, undefined)}
          />
        ) : (
          <TestRow
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={at}
            of={one}
            fields={fields}
            onChange={(next) => put(at, next)}
            onDrop={() => put(at, undefined)}
          />
        ),
      )}
      {of.of.length === 0 ? <p className="quiet">{t('noConditions')}</p> : null}
      <Space wrap>
        <Button size="small" icon={<PlusOutlined />} onClick={() => add({ field: '', op: 'ge', values: [] })}>
          {t('addTest')}
        </Button>
        {depth < DEEPEST ? (
          <Button size="small" icon={<PlusOutlined />} onClick={() => add({ ...EMPTY, join: 'any' })}>
            {t('addGroup')}
          </Button>
        ) : null}
      </Space>
    </fieldset>
  )
}

/** What the language of conditions cannot say of a text is asked by the field for names. */
const opsFor = (field: KindField | undefined): Op[] => {
  const ops = opsOf(field?.type).filter((one) => one !== 'contains')
  return field && field.options.length > 0 ? ['in', ...ops] : ops
}

function TestRow({ of, fields, onChange, onDrop }: Box<Test>) {
  const name = nameOf(of.field)
  const field = fields.find((one) => one.name === name)
  const year = of.field.slice(name.length + 1)
  return (
    <div className="query-test">
      <Select
        showSearch
        aria-label={t('field')}
        placeholder={t('field')}
        className="query-field"
        popupMatchSelectWidth={false}
        value={name || null}
        options={fields.map((one) => ({ value: one.name, label: one.name }))}
        onChange={(to) =>
          onChange({ field: to, op: opsFor(fields.find((one) => one.name === to))[0] ?? 'eq', values: [] })
        }
      />
      {field?.period === 'year' ? (
        <InputNumber
          aria-label={t('year')}
          placeholder={t('year')}
          min={1990}
          max={2200}
          precision={0}
          value={year ? Number(year) : null}
          onChange={(to) => onChange({ ...of, field: to && to >= 1990 ? `${name}@${to}` : name })}
        />
      ) : null}
      <Select<Op>
        aria-label={t('compare')}
        value={of.op}
        disabled={!field}
        popupMatchSelectWidth={false}
        options={opsFor(field).map((value) => ({ value, label: word(`op_${value}`) }))}
        onChange={(op) => onChange({ ...of, op, values: valuesOf(op) === 0 ? [] : of.values })}
      />
      {field ? <Values of={of} field={field} onChange={onChange} /> : null}
      <Button type="text" icon={<CloseOutlined />} aria-label={t('dropTest')} onClick={onDrop} />
    </div>
  )
}

function Values({ of, field, onChange }: { of: Test; field: KindField; onChange: (next: Test) => void }) {
  if (valuesOf(of.op) === 0) return null
  const truth = field.type === 'truth'
  const options: readonly string[] = truth ? ['yes', 'no'] : field.options
  if (options.length > 0)
    return (
      <Select
        {...(of.op === 'in' && { mode: 'multiple' as const })}
        aria-label={t('value')}
        placeholder={t('value')}
        className="query-value"
        popupMatchSelectWidth={false}
        value={of.op === 'in' ? [...of.values] : (of.values[0] ?? null)}
        options={options.map((value) => ({ value, label: truth ? t(value as 'yes' | 'no') : value }))}
        onChange={(to) => onChange({ ...of, values: [to].flat().filter((one) => one !== null) })}
      />
    )
  const put = (at: number, text: string) => {
    const values = [...of.values]
    values[at] = withUnit(text.trim(), field)
    if (values[at] !== of.values[at]) onChange({ ...of, values: [values[0] ?? '', ...values.slice(1)] })
  }
  return Array.from({ length: valuesOf(of.op) }, (_, at) => (
    <Input
      // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second
      key={`${at} ${of.values[at] ?? ''}`}
      aria-label={at === 0 ? t('value') : t('upTo')}
      placeholder={at === 0 ? t('value') : t('upTo')}
      className="query-value"
      type={field.type === 'day' ? 'date' : 'text'}
      defaultValue={of.values[at]}
      onBlur={(event) => put(at, event.target.value)}
      onPressEnter={(event) => put(at, event.currentTarget.value)}
    />
  ))
}
