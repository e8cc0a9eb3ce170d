import './checks.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { type FactCheck, type FactChecks, type MarkLine, subjectMark, useMe } from '../../api'
import { checks } from '../../api/checks'
import { FormDialog, ListPage, Moment, useAct } from '../../ui'
import { FactDrawer } from '../../ui/FactDrawer'
import { usePlaceName } from '../../ui/places'
import { t } from './checks.words'
import { Own } from './Own'
import { Reported } from './Reported'

const route = getRouteApi('/inside/checks')

export const Checks = () => (useMe().subject_id ? <Own /> : <Desk />)

const keyOf = ({ kind, id, fact }: FactCheck) => `${kind} ${id} ${fact.act} ${fact.line} ${fact.column}`

/** Reports that wait for a town or the bureau: some verified together, others sent back with a reason. */
function Desk() {
  const { at, returned = false } = route.useSearch()
  const go = route.useNavigate()
  const place = usePlaceName()
  const answer = useQuery(checks(at))
  const [picked, setPicked] = useState<string[]>([])
  const [opened, setOpened] = useState<FactCheck>()
  const [asked, setAsked] = useState<Asked>()
  const rows = (data: FactChecks) =>
    data.facts.filter((one) => (one.fact.verdict === 'returned') === returned)
  const chosen = (answer.data ? rows(answer.data) : []).filter((one) => picked.includes(keyOf(one)))
  return (
    <>
      <ListPage<FactCheck, FactChecks>
        page={{ title: t('checks'), help: 'town#checks' }}
        filters={
          <>
            <p className="quiet checks-note">{t('note')}</p>
            <Segmented
              aria-label={t('which')}
              value={returned ? 'returned' : 'waiting'}
              options={[
                { value: 'waiting', label: t('waiting', { n: answer.data?.waiting ?? '…' }) },
                { value: 'returned', label: t('returned', { n: answer.data?.returned ?? '…' }) },
              ]}
              onChange={(next) =>
                go({ search: (was) => ({ ...was, returned: next === 'returned' ? true : undefined }) })
              }
            />
          </>
        }
        of={answer}
        rows={rows}
        rowKey={keyOf}
        nothing={t(returned ? 'noneReturned' : 'none')}
        count={(data) => t('count', { n: rows(data).length })}
        {...(!returned && {
          picked: chosen.map(keyOf),
          onPick: setPicked,
          batch: (
            <>
              <Button type="primary" onClick={() => setAsked({ facts: chosen, verdict: 'verified' })}>
                {t('verifyMany', { n: chosen.length })}
              </Button>{' '}
              <Button danger onClick={() => setAsked({ facts: chosen, verdict: 'returned' })}>
                {t('returnMany', { n: chosen.length })}
              </Button>
            </>
          ),
        })}
        columns={[
          {
            key: 'subject',
            title: t('subject'),
            width: 220,
            show: (one) => (
              <Link to="/subjects/$kind/$id" params={{ kind: one.kind, id: one.id }}>
                {one.name || one.id}
              </Link>
            ),
          },
          { key: 'locality', title: t('locality'), width: 110, show: (one) => place(one.locality) },
          {
            key: 'column',
            title: t('column'),
            width: 160,
            show: (one) => (
              <Button type="link" size="small" onClick={() => setOpened(one)}>
                {one.fact.column}
              </Button>
            ),
          },
          {
            key: 'value',
            title: t('value'),
            figure: true,
            width: 130,
            show: (one) => <Reported fact={one.fact} />,
          },
          {
            key: 'source',
            title: t(returned ? 'why' : 'source'),
            width: 180,
            show: (one) => (returned ? `${one.fact.why} (${one.fact.judge})` : one.fact.source),
          },
          {
            key: 'evidence',
            title: t('evidence'),
            width: 80,
            show: (one) => (one.fact.evidence ? t('has') : '—'),
          },
          { key: 'at', title: t('at'), width: 150, show: (one) => <Moment at={one.fact.at} /> },
          ...(returned
            ? []
            : [
                {
                  key: 'acts',
                  title: '',
                  width: 150,
                  show: (one: FactCheck) => (
                    <>
                      <Button
                        size="small"
                        onClick={() => setAsked({ facts: [one], verdict: 'verified' })}
                        aria-label={`${t('verify')} ${one.name} ${one.fact.column}`}
                      >
                        {t('verify')}
                      </Button>{' '}
                      <Button
                        size="small"
                        danger
                        onClick={() => setAsked({ facts: [one], verdict: 'returned' })}
                        aria-label={`${t('return')} ${one.name} ${one.fact.column}`}
                      >
                        {t('return')}
                      </Button>
                    </>
                  ),
                },
              ]),
        ]}
      />
      {asked ? <Verdict asked={asked} onClose={() => setAsked(undefined)} /> : null}
      <FactDrawer
        kind={opened?.kind ?? ''}
        id={opened?.id ?? ''}
        column={opened?.fact.column}
        onClose={() => setOpened(undefined)}
      />
    </>
  )
}

interface Asked {
  facts: readonly FactCheck[]
  verdict: MarkLine['verdict']
}

/** The same verdict on all that are picked, each an act of its own. */
function Verdict({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const client = useQueryClient()
  const { facts, verdict } = asked
  const back = verdict === 'returned'
  const mark = useAct(
    async ({ why }: { why: string }) => {
      try {
        for (const { kind, id, fact } of facts)
          await subjectMark(
            { kind, id },
            { act: fact.act, line: fact.line, field: fact.column, verdict, why: why.trim() },
          )
      } finally {
        // Those before one that failed are done.
        void client.invalidateQueries({ queryKey: ['checks'] })
      }
    },
    {
      done: t(back ? 'sentBack' : 'verified', { n: facts.length }),
      refresh: [['subjects']],
      after: onClose,
    },
  )
  return (
    <FormDialog<{ why: string }>
      title={t(back ? 'returnMany' : 'verifyMany', { n: facts.length })}
      busy={mark.busy}
      onOk={mark.run}
      onClose={onClose}
    >
      <ul className="plain-list">
        {facts.map((one) => (
          <li key={keyOf(one)}>
            {one.name || one.id} {one.fact.column} <Reported fact={one.fact} />
          </li>
        ))}
      </ul>
      <Form.Item
        name="why"
        label={t(back ? 'returnWhy' : 'verifyWhy')}
        rules={[{ required: true, whitespace: true, message: t('whyNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={200} placeholder={t(back ? 'returnTip' : 'verifyTip')} />
      </Form.Item>
    </FormDialog>
  )
}
