import './policy.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Form, Input, Radio, Select } from 'antd'
import { type PolicyField, policyCalculate, policyFormGet } from '../../api'
import { policies } from '../../api/queries'
import { Answer, Failed, getPrefs, Nothing, Page, Panel } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { Entitled } from './Entitled'
import { t } from './policy.words'

/** What would one be entitled to? Nothing of it is kept. For those who are signed in … */
export function Calculator() {
  const route = getRouteApi('/inside/policies/calculate')
  const go = route.useNavigate()
  return <Asking {...route.useSearch()} onKind={(kind) => void go({ search: { kind } })} />
}

/** … and for those who are not. */
export function PublicCalculator() {
  const route = getRouteApi('/outside/public/calculate')
  const go = route.useNavigate()
  return (
    <PublicFrame>
      <Asking {...route.useSearch()} open onKind={(kind) => void go({ search: { kind } })} />
    </PublicFrame>
  )
}

interface Ask {
  kind?: string | undefined
  policy?: string | undefined
  open?: boolean
}

function Asking({
  kind,
  policy,
  open = false,
  onKind,
}: Ask & { onKind: (kind: string | undefined) => void }) {
  const all = useQuery(policies)
  return (
    <Page title={t('calculate')} help={open ? 'public#policies' : 'enterprise#policies'}>
      <Panel>
        <p className="quiet">{t('fill')}</p>
        <Select
          aria-label={t('kind')}
          className="policy-kind"
          placeholder={t('choose')}
          value={kind ?? null}
          options={(all.data?.kinds ?? []).map((value) => ({ value, label: value }))}
          onChange={(next) => onKind(next ?? undefined)}
        />
        {all.data?.policies.length === 0 ? <Nothing say={t('noPoliciesYet')} /> : null}
      </Panel>
      {kind ? <Asked key={`${kind} ${policy}`} kind={kind} policy={policy} open={open} /> : null}
    </Page>
  )
}

function Asked({ kind, policy, open }: { kind: string; policy: string | undefined; open: boolean }) {
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
      <div role="status">{ask.data ? <Entitled of={ask.data} kind={kind} open={open} /> : null}</div>
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
        aria-label={of.name}
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
