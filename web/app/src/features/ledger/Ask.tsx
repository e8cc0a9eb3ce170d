/** An operation of the ledger: a button, a dialog that asks for what it needs, and its number when it is done. */
import { useQuery } from '@tanstack/react-query'
import { App, AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { LedgerDone } from '../../api'
import { policies } from '../../api/queries'
import { FormDialog, useAct } from '../../ui'
import { t } from './ledger.words'

export type Word = Parameters<typeof t>[0]

export interface Field {
  name: string
  /** Its word, by default that of its name. */
  label?: Word
  /** What stands in its word. */
  yuan?: string
  type?: 'yuan' | 'points' | 'year' | 'day' | 'policy' | 'note' | 'choice'
  options?: readonly Word[]
  /** May be left empty. */
  free?: boolean
  /** Asked for only with these choices of `what`. */
  when?: readonly string[]
}

const EXACT = { yuan: /^\d{1,12}(\.\d{1,2})?$/, points: /^\d{1,10}(\.\d{1,4})?$/ }

function rulesOf({ type, free }: Field) {
  if (type === 'yuan' || type === 'points')
    return [{ required: !free, pattern: EXACT[type], message: t(`${type}Exact`) }]
  return [type === 'year' ? { required: !free } : { required: !free, whitespace: true }]
}

export function Fields({ of }: { of: readonly Field[] }) {
  const what: string | undefined = Form.useWatch('what')
  return of
    .filter((one) => !one.when || (what !== undefined && one.when.includes(what)))
    .map((one) => (
      <Form.Item
        key={one.name}
        name={one.name}
        label={t(one.label ?? (one.name as Word), { yuan: one.yuan ?? '' })}
        rules={rulesOf(one)}
      >
        {inputOf(one)}
      </Form.Item>
    ))
}

function inputOf({ type, options }: Field) {
  switch (type) {
    case 'yuan':
      return <Input inputMode="decimal" suffix={t('yuan')} />
    case 'points':
      return <Input inputMode="decimal" suffix={t('points')} />
    case 'year':
      return <InputNumber min={2000} max={2200} precision={0} />
    case 'day':
      return <Input type="date" />
    case 'note':
      return <Input.TextArea rows={2} maxLength={500} />
    case 'choice':
      return <Select options={(options ?? []).map((value) => ({ value, label: t(value) }))} />
    case 'policy':
      return <PolicyCode />
    default:
      return <Input />
  }
}

/** Any policy of the catalogue by its code; others may be typed. */
function PolicyCode(props: object) {
  const book = useQuery(policies)
  const codes = new Map((book.data?.policies ?? []).map((one) => [one.code, one.name]))
  return (
    <AutoComplete
      {...props}
      options={[...codes].map(([value, name]) => ({ value, label: `${value} ${name}` }))}
      showSearch={{ filterOption: (typed, option) => `${option?.label ?? ''}`.includes(typed) }}
    />
  )
}

type Filled = Record<string, string | number | null | undefined>

/** Texts without blanks around them; what is empty is not there. */
const cleaned = (filled: Filled): Filled =>
  Object.fromEntries(
    Object.entries(filled).map(([name, v]) => [name, typeof v === 'string' ? v.trim() || null : (v ?? null)]),
  )

export function OpButton({
  title,
  fields,
  initial,
  act,
  look = 'default',
  small = true,
}: {
  title: string
  fields: readonly Field[]
  initial?: Filled
  act: (filled: never) => Promise<LedgerDone>
  look?: 'primary' | 'danger' | 'default'
  small?: boolean
}) {
  const [open, setOpen] = useState(false)
  const { message } = App.useApp()
  const op = useAct((filled: Filled) => act(cleaned(filled) as never), {
    done: '',
    refresh: [['ledger'], ['cockpit']],
    after: (done) => {
      setOpen(false)
      const unit = done.unit === 'yuan' ? t('yuan') : t('points')
      message.success(t('didOp', { kind: done.kind, amount: done.amount, unit, op: done.operation }), 6)
    },
  })
  return (
    <>
      <Button
        size={small ? 'small' : 'middle'}
        type={look === 'primary' ? 'primary' : 'default'}
        danger={look === 'danger'}
        onClick={() => setOpen(true)}
      >
        {title}
      </Button>
      {open ? (
        <FormDialog<Filled>
          title={title}
          busy={op.busy}
          initial={initial}
          onOk={op.run}
          onClose={() => setOpen(false)}
        >
          <Fields of={fields} />
        </FormDialog>
      ) : null}
    </>
  )
}
