import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, InputNumber, Popconfirm } from 'antd'
import { useState } from 'react'
import {
  type Consents as All,
  type Consent,
  type ConsentNew,
  consentAdd,
  consentEnd,
  consentList,
  type Granteds,
  grantedList,
  type Granted as One,
  subjectList,
} from '../../api'
import { FormDialog, List, Moment, Panel, useAct } from '../../ui'
import { t } from './admin.words'

const refresh = [['consents']]

type Filled = Omit<ConsentNew, 'fields'> & { fields: string }

/** What an enterprise lets a bank or a fund see, and until when. */
export function Consents() {
  const answer = useQuery({ queryKey: ['consents'], queryFn: ({ signal }) => consentList({ signal }) })
  const [giving, setGiving] = useState(false)
  const end = useAct((consent: number) => consentEnd({ consent }), { refresh })
  const give = useAct(
    (one: Filled) =>
      consentAdd({
        ...one,
        fields: one.fields
          .split('\n')
          .map((f) => f.trim())
          .filter((f) => f !== ''),
      }),
    { refresh, after: () => setGiving(false) },
  )
  return (
    <Panel title={t('consents')} extra={<Button onClick={() => setGiving(true)}>{t('newConsent')}</Button>}>
      <List<Consent, All>
        of={answer}
        rows={(data) => data.consents}
        rowKey={(one) => String(one.consent)}
        nothing={t('noConsents')}
        columns={[
          { key: 'organisation', title: t('organisation'), width: 200, show: (one) => one.organisation },
          { key: 'purpose', title: t('purpose'), width: 180, show: (one) => one.purpose },
          { key: 'fields', title: t('fields'), width: 260, show: (one) => one.fields.join('、') },
          { key: 'until', title: t('until'), width: 160, show: (one) => <Moment at={one.until} /> },
          {
            key: 'end',
            title: '',
            width: 140,
            show: (one) =>
              one.ended ? (
                t('takenBack', { at: one.ended.slice(0, 10) })
              ) : (
                <Popconfirm title={t('takeBack')} onConfirm={() => end.run(one.consent)}>
                  <Button size="small" danger>
                    {t('takeBack')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {giving ? (
        <FormDialog<Filled>
          title={t('newConsent')}
          busy={give.busy}
          initial={{ days: 90 }}
          onOk={give.run}
          onClose={() => setGiving(false)}
        >
          <Form.Item name="organisation" label={t('organisation')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Form.Item name="purpose" label={t('purpose')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Form.Item name="fields" label={t('fields')} extra={t('fieldsHint')} rules={[{ required: true }]}>
            <Input.TextArea rows={4} />
          </Form.Item>
          <Form.Item name="days" label={t('days')} rules={[{ required: true }]}>
            <InputNumber min={1} max={366} precision={0} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}

/** A bank's view: who lets it see what. */
export function Granted() {
  const answer = useQuery({ queryKey: ['granted'], queryFn: ({ signal }) => grantedList({ signal }) })
  const name = useNames([...new Set((answer.data?.granted ?? []).map((one) => one.kind))])
  return (
    <Panel title={t('granted')}>
      <List<One, Granteds>
        of={answer}
        rows={(data) => data.granted}
        rowKey={(one) => String(one.consent)}
        nothing={t('noGranted')}
        columns={[
          {
            key: 'identity',
            title: t('whoGranted'),
            width: 260,
            show: (one) => (
              <Link to="/subjects/$kind/$id" params={{ kind: one.kind, id: one.identity }}>
                {name(one.identity)}
              </Link>
            ),
          },
          { key: 'purpose', title: t('purpose'), width: 200, show: (one) => one.purpose },
          { key: 'fields', title: t('fields'), width: 280, show: (one) => one.fields.join('、') },
          { key: 'until', title: t('until'), width: 160, show: (one) => <Moment at={one.until} /> },
        ]}
      />
    </Panel>
  )
}

/** What those who consent are called, where their names are among what they consent to. */
function useNames(kinds: readonly string[]): (id: string) => string {
  const lists = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['subjects', kind, 'granted'],
      queryFn: ({ signal }: { signal: AbortSignal }) => subjectList({ kind, limit: 500 }, { signal }),
    })),
  })
  const names = new Map(
    lists.flatMap(({ data }) => {
      const column = data?.columns.find((one) => one.type === 'text' && one.name !== data.columns[0]?.name)
      return (data?.rows ?? []).map((row) => [row.identity, column && row.cells[column.name]] as const)
    }),
  )
  return (id) => names.get(id) || id
}
