import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select, Typography } from 'antd'
import { useState } from 'react'
import { type Ties as All, type Tie, type TieNew, tieAdd, tieList, useMay } from '../../api'
import { kinds } from '../../api/queries'
import { FormDialog, List, Moment, Panel, useAct } from '../../ui'
import { t } from './admin.words'

const SORTS = ['employer', 'kin', 'patent', 'town', 'other'] as const

/** Whom one may not judge, and the way to say so; the office sees everybody's. */
export function Ties() {
  const office = useMay('case_invite')
  const mayTell = useMay('tie_add')
  const [telling, setTelling] = useState(false)
  const answer = useQuery({ queryKey: ['ties'], queryFn: ({ signal }) => tieList({ signal }) })
  return (
    <Panel
      title={t('ties')}
      extra={mayTell ? <Button onClick={() => setTelling(true)}>{t('tellTie')}</Button> : null}
    >
      <Typography.Paragraph type="secondary">{t('tiesNote')}</Typography.Paragraph>
      <List<Tie, All>
        of={answer}
        rows={(data) => data.ties}
        rowKey={(one) => `${one.account} ${one.identity} ${one.tie} ${one.at}`}
        nothing={t('noTies')}
        columns={[
          { key: 'whose', title: t('whose'), width: 130, show: (one) => one.account },
          { key: 'subject', title: t('tieKind'), width: 260, show: (one) => `${one.kind} ${one.identity}` },
          { key: 'tie', title: t('tie'), width: 110, show: (one) => t(`tie_${one.tie}`) },
          { key: 'last', title: t('tieUntil'), width: 110, show: (one) => one.last ?? t('tieHolds') },
          { key: 'why', title: t('why'), width: 200, show: (one) => one.why },
          { key: 'actor', title: t('toldBy'), width: 110, show: (one) => one.actor },
          { key: 'at', title: t('toldAt'), width: 170, show: (one) => <Moment at={one.at} /> },
        ]}
      />
      {telling ? <Tell office={office} onClose={() => setTelling(false)} /> : null}
    </Panel>
  )
}

function Tell({ office, onClose }: { office: boolean; onClose: () => void }) {
  const known = useQuery(kinds)
  const tell = useAct((one: TieNew) => tieAdd(one), { refresh: [['ties']], after: onClose })
  const options = (known.data?.kinds ?? []).map((one) => ({ value: one.kind, label: one.title }))
  return (
    <FormDialog<TieNew> title={t('tellTie')} busy={tell.busy} onOk={tell.run} onClose={onClose}>
      {office ? (
        <Form.Item name="account" label={t('whoseLogin')}>
          <Input />
        </Form.Item>
      ) : null}
      <Form.Item name="kind" label={t('tieKind')} rules={[{ required: true }]}>
        <Select options={options} loading={known.isPending} />
      </Form.Item>
      <Form.Item name="subject" label={t('tieSubject')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="tie" label={t('tie')} rules={[{ required: true }]}>
        <Select options={SORTS.map((value) => ({ value, label: t(`tie_${value}`) }))} />
      </Form.Item>
      <Form.Item name="last" label={t('tieUntil')}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
