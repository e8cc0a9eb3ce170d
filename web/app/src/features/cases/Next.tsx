import { Alert, Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { type CaseAsk, type CaseNext, type CaseStory, caseDo } from '../../api'
import { FormDialog, Panel, useAct } from '../../ui'
import { t } from './cases.words'

/** What may be done now by the one who is here; and why something may not. */
export function Next({ of }: { of: CaseStory }) {
  const [taking, setTaking] = useState<CaseNext>()
  const mine = of.next.filter((one) => one.may)
  if (of.row.ended) return null
  return (
    <Panel title={t('next')}>
      {mine.length === 0 ? <p className="quiet">{t('noNext')}</p> : null}
      <div className="case-steps">
        {mine.map((one) => (
          <div key={one.step} className="case-step">
            <Button
              type={canBegin(one) ? 'primary' : 'default'}
              disabled={!canBegin(one)}
              onClick={() => setTaking(one)}
            >
              {one.second ? `${one.step}：${t('second')}` : one.step}
            </Button>
            <Words of={one} />
          </div>
        ))}
      </div>
      {taking ? <Take of={of} step={taking} onClose={() => setTaking(undefined)} /> : null}
    </Panel>
  )
}

/** What is still lacking may be what the step itself asks for; so may be what its condition is about. */
const canBegin = (of: CaseNext): boolean =>
  of.ready ||
  (!of.second && of.asks.length > 0 && of.lacks.every((lack) => of.asks.some((ask) => ask.field === lack)))

function Words({ of }: { of: CaseNext }) {
  return (
    <div className="quiet">
      {t('leadsTo', { state: of.to })}
      {of.people > 1 ? `；${t('people', { n: of.people })}` : null}
      {of.effects.length > 0 ? (
        <div>
          {t('effects')}：{of.effects.join('；')}
        </div>
      ) : null}
      {of.condition ? (
        <div>
          {t('condition')}：<code>{of.condition}</code> {t(of.met)}
        </div>
      ) : null}
      {of.lacks.length > 0 ? (
        <div className="fall">
          {t('lacks')}：{of.lacks.join('；')}
        </div>
      ) : null}
      {of.note ? <div>{of.note}</div> : null}
    </div>
  )
}

interface Filled {
  fields?: Record<string, string | undefined>
  why?: string
}

function Take({ of, step, onClose }: { of: CaseStory; step: CaseNext; onClose: () => void }) {
  const asks = step.second ? [] : step.asks
  const take = useAct(
    (filled: Filled) =>
      caseDo(
        { number: of.row.number },
        {
          step: step.step,
          seq: of.row.seq,
          fields: asks.length > 0 ? given(asks, filled.fields ?? {}) : null,
          why: filled.why || null,
        },
      ),
    { done: t('done'), refresh: [['cases'], ['ledger'], ['notices']], after: onClose },
  )
  return (
    <FormDialog<Filled>
      title={step.step}
      busy={take.busy}
      initial={{ fields: Object.fromEntries(asks.map((one) => [one.field, one.value ?? undefined])) }}
      onOk={take.run}
      onClose={onClose}
    >
      {step.effects.length > 0 ? (
        <Alert type="info" showIcon title={`${t('effects')}：${step.effects.join('；')}`} />
      ) : null}
      {asks.map((one) => (
        <Form.Item
          key={one.field}
          name={['fields', one.field]}
          label={`${one.field}${one.unit ? `（${one.unit}）` : ''}`}
          extra={one.label}
          rules={[{ required: one.required }]}
        >
          <Asked of={one} />
        </Form.Item>
      ))}
      <Form.Item name="why" label={t('why')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

/** Form.Item hands the rest on. */
function Asked({
  of,
  id,
  value,
  onChange,
}: {
  of: CaseAsk
  id?: string
  value?: string
  onChange?: (value: string) => void
}) {
  const named = { ...(id !== undefined && { id }) }
  switch (of.type) {
    case 'yesno':
      return (
        <Radio.Group
          {...named}
          value={value}
          onChange={(event) => onChange?.(event.target.value)}
          options={[
            { value: t('yes'), label: t('yes') },
            { value: t('no'), label: t('no') },
          ]}
        />
      )
    case 'choice':
      return (
        <Select
          {...named}
          {...(value !== undefined && { value })}
          {...(onChange && { onChange })}
          options={of.options.map((one) => ({ value: one, label: one }))}
        />
      )
    case 'day':
      return (
        <Input
          {...named}
          type="date"
          value={value ?? ''}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )
    default:
      return (
        <Input
          {...named}
          value={value ?? ''}
          {...(of.type === 'number' && { inputMode: 'decimal' as const })}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )
  }
}

const given = (
  asks: readonly CaseAsk[],
  filled: Record<string, string | undefined>,
): Record<string, string | null> =>
  Object.fromEntries(asks.map((one) => [one.field, filled[one.field] || null]))
