import './data.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input, InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import {
  type ImportHow,
  type ImportPreview,
  importCommit,
  importPreview,
  importRefused,
  save,
  useJob,
} from '../../api'
import { Answer, Facts, Page, Panel, pick, useAct } from '../../ui'
import { JobProgress } from '../../ui/Job'
import { Columns } from './Columns'
import { t } from './data.words'
import { Problems } from './Problems'
import { Sample } from './Sample'
import { Twins } from './Twins'
import { Way } from './Way'

const route = getRouteApi('/inside/import/$number')
const FIRST = 50

/** What would be taken of a file. Nothing is, until somebody says so. */
export function Look() {
  const number = Number(route.useParams().number)
  const { job } = route.useSearch()
  const [how, setHow] = useState<ImportHow>({})
  const [limit, setLimit] = useState(FIRST)
  const answer = useQuery({
    queryKey: ['imports', number, how, limit],
    queryFn: ({ signal }) => importPreview({ import: number }, { how, limit }, { signal }),
    placeholderData: keepPreviousData,
    enabled: job === undefined,
  })
  if (job !== undefined) return <Taken job={job} />
  return (
    <Answer of={answer}>
      {(found) => (
        <Page title={found.file.name} help="officer#import">
          <Way at={1} />
          <div className={answer.isPlaceholderData ? 'stale' : undefined} aria-busy={answer.isFetching}>
            <Head of={found} how={how} onHow={setHow} />
            <Take of={found} number={number} how={how} />
            <Columns of={found} how={how} onHow={setHow} />
            <Twins of={found} />
            <Problems of={found} onMore={() => setLimit(limit * 4)} />
            <Sample of={found} />
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Head({ of, how, onHow }: { of: ImportPreview; how: ImportHow; onHow: (how: ImportHow) => void }) {
  return (
    <Panel>
      {of.file.known ? <Alert type="warning" showIcon title={t('known', { act: of.file.known })} /> : null}
      {of.macros ? <Alert type="info" showIcon title={t('macros')} /> : null}
      {of.faults.map((one) => (
        <Alert
          key={one.message}
          type={one.severity === 'error' ? 'error' : 'warning'}
          showIcon
          title={pick([one.message, one.message_en])}
          description={pick([one.fix, one.fix_en])}
        />
      ))}
      <Facts
        of={[
          [t('rows', { n: of.rows }), t('headRow', { n: of.header_row })],
          [
            t('good'),
            <b key="g" className="num rise">
              {of.good}
            </b>,
          ],
          [
            t('bad'),
            <b key="b" className={of.bad > 0 ? 'num fall' : 'num'}>
              {of.bad}
            </b>,
          ],
          ...(of.sheets.length > 1
            ? ([
                [
                  t('sheet'),
                  <Select
                    key="s"
                    aria-label={t('sheet')}
                    value={of.sheet}
                    options={of.sheets.map((value) => ({ value, label: value }))}
                    onChange={(sheet) => onHow({ ...how, sheet, columns: [] })}
                  />,
                ],
              ] as const)
            : []),
          [
            <label key="l" htmlFor="import-period" title={t('periodHint')}>
              {t('period')}
            </label>,
            <InputNumber
              key="p"
              id="import-period"
              min={1990}
              max={2200}
              precision={0}
              value={how.period ?? of.period ?? null}
              onChange={(period) => onHow({ ...how, period })}
            />,
          ],
        ]}
      />
      {of.absent.length > 0 ? (
        <p className="quiet">
          {t('absent')}：{of.absent.join('、')}
        </p>
      ) : null}
    </Panel>
  )
}

function Take({ of, number, how }: { of: ImportPreview; number: number; how: ImportHow }) {
  const go = route.useNavigate()
  const [words, setWords] = useState({ source: '', day: '' })
  const sent = { ...how, ...(words.day && { day: words.day }) }
  const take = useAct(
    (good_rows: boolean) =>
      importCommit({ import: number }, { how: sent, good_rows, source: words.source || null }),
    { refresh: [['imports'], ['jobs']], after: ({ job }) => void go({ search: { job } }) },
  )
  const refused = useAct(async () =>
    save(await importRefused({ import: number }, how), `${of.file.name}-refused.xlsx`),
  )
  return (
    <Panel>
      <Form layout="inline" className="import-take">
        <Form.Item label={t('source')}>
          <Input
            aria-label={t('source')}
            value={words.source}
            placeholder={t('sourceHint')}
            onChange={(event) => setWords({ ...words, source: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('day')}>
          <Input
            type="date"
            aria-label={t('day')}
            value={words.day}
            onChange={(event) => setWords({ ...words, day: event.target.value })}
          />
        </Form.Item>
        <Space wrap>
          <Button
            type="primary"
            disabled={of.bad > 0 || of.good === 0}
            title={of.bad > 0 ? t('allNote') : undefined}
            loading={take.busy}
            onClick={() => take.run(false)}
          >
            {t('takeAll')}
          </Button>
          {of.bad > 0 ? (
            <>
              <Button
                type="primary"
                disabled={of.good === 0}
                loading={take.busy}
                onClick={() => take.run(true)}
              >
                {t('takeGood', { n: of.good })}
              </Button>
              <Button loading={refused.busy} title={t('refusedNote')} onClick={() => refused.run(undefined)}>
                {t('refused')}
              </Button>
            </>
          ) : null}
        </Space>
      </Form>
    </Panel>
  )
}

function Taken({ job }: { job: number }) {
  const answer = useJob(job)
  const outcome = answer.data?.outcome
  return (
    <Page title={t('import')} help="officer#import">
      <Way at={2} />
      <Panel>
        <div className="import-taken">
          <JobProgress job={job} />
          {outcome?.repeated ? (
            <Alert type="info" showIcon title={t('outcomeRepeated', { act: outcome.repeated })} />
          ) : null}
          {outcome?.facts && answer.data?.state === 'done' ? (
            <Alert
              type="success"
              showIcon
              title={t('outcome', {
                taken: outcome.taken ?? 0,
                subjects: outcome.subjects ?? 0,
                facts: outcome.facts,
              })}
            />
          ) : null}
          {outcome?.refused ? (
            <Alert type="warning" showIcon title={t('outcomeRefused', { n: outcome.refused })} />
          ) : null}
          <p>
            <Link to="/import">{t('another')}</Link>{' '}
            {answer.data?.about ? (
              <Link to="/subjects/$kind" params={{ kind: answer.data.about }}>
                {t('see')}
              </Link>
            ) : null}
          </p>
        </div>
      </Panel>
    </Page>
  )
}
