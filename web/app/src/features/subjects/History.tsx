import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select, Timeline } from 'antd'
import { useState } from 'react'
import type { SubjectProfile } from '../../api'
import { Failed, Loading, Nothing, Panel } from '../../ui'
import { FactDrawer } from '../../ui/FactDrawer'
import { SORTS } from './routes'
import { Told, useStream } from './stream'
import { t as s } from './stream.words'
import { t } from './subjects.words'

/** All that came about, the latest first: facts, runs, appeals, cases, points and money, consents. */
export function History({ subject }: { subject: SubjectProfile }) {
  const { only } = useSearch({ from: '/inside/subjects/$kind/$id' })
  const navigate = useNavigate({ from: '/subjects/$kind/$id' })
  const [fact, setFact] = useState<string>()
  const { entries, busy, failed } = useStream(subject)
  const shown = entries.filter((one) => !only || one.sort === only)
  return (
    <Panel
      title={t('history')}
      extra={
        <Select
          aria-label={s('historyOnly')}
          value={only ?? ''}
          popupMatchSelectWidth={false}
          onChange={(to) =>
            void navigate({
              search: (old) => ({ ...old, only: SORTS.find((one) => one === to) }),
              replace: true,
            })
          }
          options={[
            { value: '', label: s('historyAll') },
            ...SORTS.filter((sort) => sort === only || entries.some((one) => one.sort === sort)).map(
              (sort) => ({
                value: sort,
                label: s(`sort_${sort}`),
              }),
            ),
          ]}
        />
      }
    >
      {failed ? <Failed cause={failed.cause} onAgain={failed.again} /> : null}
      {busy ? <Loading rows={6} /> : null}
      {!busy && !failed && shown.length === 0 ? <Nothing /> : null}
      {busy ? null : (
        <Timeline
          items={shown.map((one) => ({
            key: one.key,
            color: COLOR[one.sort],
            content: <Told of={one} id={subject.identity} onFact={setFact} />,
          }))}
        />
      )}
      <FactDrawer
        kind={subject.kind}
        id={subject.identity}
        column={fact}
        onClose={() => setFact(undefined)}
      />
    </Panel>
  )
}

const COLOR = {
  facts: 'blue',
  runs: 'green',
  appeals: 'red',
  cases: 'gray',
  money: 'orange',
  consents: 'purple',
}
