import './checks.css'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type FactCheck, subjectReport } from '../../api'
import { checks } from '../../api/checks'
import { Answer, FormDialog, Moment, Nothing, Page, Panel, PlainTable, useAct } from '../../ui'
import { t } from './checks.words'
import { Reported } from './Reported'

/** Of one's own reports: those sent back, with the reason and a way to put them right, and those under way. */
export function Own() {
  const answer = useQuery(checks())
  const [asked, setAsked] = useState<FactCheck>()
  return (
    <Page title={t('own')} help="enterprise#sent-back">
      <p className="quiet checks-note">{t('ownNote')}</p>
      <Answer of={answer}>
        {({ facts }) => {
          const back = facts.filter((one) => one.fact.verdict === 'returned')
          const under = facts.filter((one) => one.fact.verdict !== 'returned')
          return (
            <>
              <Panel title={t('toCorrect')}>
                {back.length === 0 ? <Nothing say={t('nothingBack')} /> : null}
                <ul className="plain-list">
                  {back.map((one) => (
                    <li key={`${one.fact.act} ${one.fact.column}`} className="checks-line">
                      <span>
                        <b>{one.fact.column}</b> <Reported fact={one.fact} />
                        <br />
                        {one.fact.why} <span className="quiet">{t('by', { who: one.fact.judge })}</span>
                      </span>
                      <Button type="primary" onClick={() => setAsked(one)}>
                        {t('correct')}
                      </Button>
                    </li>
                  ))}
                </ul>
              </Panel>
              <Panel title={t('underWay')}>
                {under.length === 0 ? (
                  <Nothing say={t('nothingWaits')} />
                ) : (
                  <PlainTable
                    named
                    label={t('underWay')}
                    head={[t('column'), t('value'), t('source'), t('at')]}
                    rows={under.map(({ fact }) => ({
                      key: `${fact.act} ${fact.column}`,
                      cells: [
                        fact.column,
                        <Reported key="v" fact={fact} />,
                        fact.source,
                        <Moment key="t" at={fact.at} />,
                      ],
                    }))}
                  />
                )}
              </Panel>
            </>
          )
        }}
      </Answer>
      {asked ? <Correct of={asked} onClose={() => setAsked(undefined)} /> : null}
    </Page>
  )
}

interface Corrected {
  value: string
  source: string
}

function Correct({ of: { kind, id, fact }, onClose }: { of: FactCheck; onClose: () => void }) {
  const report = useAct(
    ({ value, source }: Corrected) =>
      subjectReport(
        { kind, id },
        { source, values: { [fact.column]: value }, ...(!fact.column.includes('@') && { day: fact.day }) },
      ),
    { refresh: [['checks'], ['subjects', kind]], after: onClose },
  )
  return (
    <FormDialog<Corrected>
      title={t('correctOf', { name: fact.column })}
      busy={report.busy}
      initial={{ value: fact.value ?? '', source: fact.source }}
      onOk={report.run}
      onClose={onClose}
    >
      <p>{fact.why}</p>
      <Form.Item name="value" label={t('newValue')} rules={[{ required: true, whitespace: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="source" label={t('newSource')} rules={[{ required: true, whitespace: true }]}>
        <Input />
      </Form.Item>
    </FormDialog>
  )
}
