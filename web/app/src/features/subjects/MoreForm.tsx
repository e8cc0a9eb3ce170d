import { Button, Form, Input, Select } from 'antd'
import type { KindField, QueryTerm } from '../../api'
import { opsOf, withUnit } from '../../domain/comparisons'
import { t as word } from '../../ui/compare.words'
import type { Condition } from './search'
import { t } from './subjects.words'

interface Given {
  field: string
  op: QueryTerm['op']
  first?: string
  second?: string
}

/** Loaded when it is first asked for. */
export default function MoreForm({
  fields,
  onAdd,
}: {
  fields: readonly KindField[]
  onAdd: (one: Condition) => void
}) {
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
              op: opsOf(fields.find((one) => one.name === to)?.type)[0]!,
              first: '',
              second: '',
            })
          }
        />
      </Form.Item>
      <Form.Item name="op" label={t('compare')} rules={[{ required: true }]}>
        <Select options={opsOf(field?.type).map((one) => ({ value: one, label: word(`op_${one}`) }))} />
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
