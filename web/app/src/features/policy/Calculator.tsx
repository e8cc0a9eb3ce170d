import './policy.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Form, Input, Radio, Select } from 'antd'
import { type PolicyField, policyCalculate, policyFormGet, policyList } from '../../api'
import { Answer, Failed, getPrefs, Page, Panel } from '../../ui'
import { Entitled } from './Entitled'
import { t } from './policy.words'

const route = getRouteApi('/inside/policies/calculate')

/** What would one be entitled to? Nothing of it is kept. */
export function Calculator() {
  const { kind, policy } = route.useSearch()
  const go = route.useNavigate()
  const all = useQuery({ queryKey: ['policies'], queryFn: ({ signal }) => policyList({}, { signal }) })
  return (
    <Page title={t('calculate')} help="enterprise#policies">
      <Panel>
        <p className="quiet">{t('fill')}</p>
        <Select
          aria-label={t('kind')}
          className="policy-kind"
          placeholder={t('choose')}
          value={kind ?? null}
          options={(all.data?.kinds ?? []).map((value) => ({ value, label: value }))}
          onChange={(next) => go({ search: { kind: next ?? undefined, policy: undefined } })}
        />
      </Panel>
      {kind ? <Asked key={`${kind} ${policy}`} kind={kind} policy={policy} /> : null}
    </Page>
  )
}

function Asked({ kind, policy }: { kind: string; policy: string | undefined }) {
  const form = useQuery({
    queryKey: ['policies', 'form', kind, policy],
    queryFn: ({ signal }) => policyFormGet({ kind, policy: policy ?? null }, { signal }),
  })
  const ask = useMutation({
    mutationFn: (filled: Record<string, string | undefined>) =>
      policyCalculate({
        kind,
        facts: Object.entries(filled).flatMap(([field, value]) => (value ? [`${field}=${value}`] : [])),
        lang: getPrefs().lang,
      }),
  })
  return (
    <>
      <Panel>
        <Answer of={form}>
          {(data) => (
            <Form<Record<string, string | undefined>> layout="vertical" onFinish={ask.mutate}>
              <div className="policy-form">
                {data.fields.map((one) => (
                  <Form.Item
                    key={one.name}
                    name={one.name}
                    label={`${one.name}${one.yearly ? `（${t('yearly')}）` : ''}`}
                    {...(one.note && { extra: one.note })}
                  >
                    <Field of={one} />
                  </Form.Item>
                ))}
              </div>
              <Button type="primary" htmlType="submit" loading={ask.isPending}>
                {t('calculate')}
              </Button>
            </Form>
          )}
        </Answer>
      </Panel>
      {ask.error ? <Failed cause={ask.error} /> : null}
      <div role="status">{ask.data ? <Entitled of={ask.data} kind={kind} /> : null}</div>
    </>
  )
}

/** Form.Item hands value, onChange and an id on. */
function Field({
  of,
  value,
  onChange,
  id,
}: {
  of: PolicyField
  value?: string
  onChange?: (value: string | undefined) => void
  id?: string
}) {
  if (of.type === 'truth')
    return (
      <Radio.Group
        {...(id && { id })}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        options={[
          { value: t('yes'), label: t('yes') },
          { value: t('no'), label: t('no') },
        ]}
      />
    )
  if (of.options.length > 0)
    return (
      <Select
        allowClear
        {...(id && { id })}
        {...(value !== undefined && { value })}
        {...(onChange && { onChange })}
        options={of.options.map((one) => ({ value: one, label: one }))}
      />
    )
  return (
    <Input
      {...(id && { id })}
      value={value ?? ''}
      suffix={of.unit}
      {...(of.type === 'number' && { inputMode: 'decimal' as const })}
      {...(of.type === 'day' && { type: 'date' })}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
