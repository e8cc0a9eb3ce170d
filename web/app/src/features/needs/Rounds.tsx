import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type PairingNew, pairingList, pairingNew, useJob, useMay } from '../../api'
import { kinds } from '../../api/queries'
import { Answer, FormDialog, Moment, Nothing, Page, Panel, PlainTable, useAct } from '../../ui'
import { JobProgress } from '../../ui/Job'
import { kindId } from '../../ui/kinds'
import { t } from './rounds.words'

/** Rounds of batch matching, and how one begins. */
export function Rounds() {
  const may = useMay('pairing_new')
  const [asking, setAsking] = useState(false)
  const [job, setJob] = useState<number>()
  const answer = useQuery({ queryKey: ['pairings'], queryFn: ({ signal }) => pairingList({ signal }) })
  return (
    <Page
      title={t('rounds')}
      help="officer#rounds"
      actions={
        may ? (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('new')}
          </Button>
        ) : null
      }
    >
      <p className="quiet">{t('roundsNote')}</p>
      {job === undefined ? null : <Found job={job} />}
      <Answer of={answer} empty={(all) => all.rounds.length === 0} nothing={<Nothing say={t('none')} />}>
        {(all) => (
          <PlainTable
            label={t('rounds')}
            head={['', t('title'), t('kind'), t('with'), t('state'), t('actor'), t('by')]}
            rows={all.rounds.map((one) => ({
              key: one.round,
              cells: [
                <Link key="n" to="/rounds/$number" params={{ number: String(one.round) }}>
                  {t('round', { n: one.round })}
                </Link>,
                one.title,
                one.kind,
                one.with,
                t(one.state),
                <>
                  {one.actor} <Moment at={one.at} />
                </>,
                one.by ? (
                  <>
                    {one.by} <Moment at={one.since} />
                  </>
                ) : null,
              ],
            }))}
          />
        )}
      </Answer>
      {asking ? (
        <New
          onClose={() => setAsking(false)}
          onAsked={(of) => {
            setAsking(false)
            setJob(of)
          }}
        />
      ) : null}
    </Page>
  )
}

function Found({ job }: { job: number }) {
  const round = useJob(job).data?.outcome?.round
  return (
    <Panel>
      <JobProgress job={job} />
      {round ? (
        <Link to="/rounds/$number" params={{ number: String(round) }}>
          {t('see')}
        </Link>
      ) : null}
    </Panel>
  )
}

type Asked = Pick<PairingNew, 'title' | 'kind' | 'with' | 'where'>

function New({ onClose, onAsked }: { onClose: () => void; onAsked: (job: number) => void }) {
  const listed = useQuery(kinds).data?.kinds
  const options = (listed ?? []).map((one) => ({ value: one.kind, label: one.title }))
  const usual = (id: string) => listed?.find((one) => kindId(one.kind) === id)?.kind ?? ''
  const ask = useAct(
    ({ title, kind, with: other, where }: Asked) =>
      pairingNew({ title, kind, with: other, where: where || null, limits: null }),
    { done: '', refresh: [['pairings']], after: (made) => onAsked(made.job) },
  )
  if (!listed) return null // What a form begins with is read once.
  return (
    <FormDialog<Asked>
      title={t('new')}
      busy={ask.busy}
      initial={{ kind: usual('need'), with: usual('expert') }}
      onOk={ask.run}
      onClose={onClose}
    >
      <Form.Item name="title" label={t('title')} rules={[{ required: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
        <Select options={options} />
      </Form.Item>
      <Form.Item name="with" label={t('with')} rules={[{ required: true }]}>
        <Select options={options} />
      </Form.Item>
      <Form.Item name="where" label={t('where')}>
        <Input maxLength={400} />
      </Form.Item>
    </FormDialog>
  )
}
