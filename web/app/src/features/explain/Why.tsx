import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { nextSteps, type RunDetail, runPlaces } from '../../api'
import { explanation } from '../../api/queries'
import { type Explanation, type Item, isExplanation } from '../../domain/explanation'
import { Answer, getPrefs, Nothing, Panel } from '../../ui'
import { Reasons } from '../../ui/Reasons'
import { Standing } from '../../ui/Standing'
import { t } from './explain.words'
import type { ExplainSearch } from './routes'

interface Props {
  run: RunDetail
  tree: Explanation
  item: string | undefined
  onGo: (part: Partial<ExplainSearch>) => void
}

/** Why a run came to this, and what comes next. */
export function Why({ run, tree, item, onGo }: Props) {
  const own = useQuery(explanation(run.run, tree.id, getPrefs().lang))
  return (
    <Answer of={own} rows={12}>
      {(data) => (
        <div className="why">
          <Reasons
            kind={run.kind}
            id={tree.id}
            items={isExplanation(data.tree) ? data.tree.items : []}
            asked={item}
            more={(one) => <Beside of={one} run={run.run} id={tree.id} />}
          />
          <aside className="why-aside">
            <Next run={run} tree={tree} onGo={onGo} />
          </aside>
        </div>
      )}
    </Answer>
  )
}

const steps = (run: number, id: string) => {
  const lang = getPrefs().lang
  return queryOptions({
    queryKey: ['runs', run, 'steps', id, lang],
    queryFn: ({ signal }) => nextSteps({ run, id, lang }, { signal }),
  })
}

const places = (run: number, id: string) => {
  const lang = getPrefs().lang
  return queryOptions({
    queryKey: ['runs', run, 'places', id, lang],
    queryFn: ({ signal }) => runPlaces({ run, id, lang }, { signal }),
    staleTime: 600_000,
  })
}

/** At an item: where it stands among all of the run, and what would change it. */
function Beside({ of, run, id }: { of: Item; run: number; id: string }) {
  const place = useQuery(places(run, id)).data?.places.find((one) => one.item === of.item)
  const next = useQuery(steps(run, id)).data?.steps.filter((one) => one.item === of.item) ?? []
  return (
    <>
      {next.length > 0 ? (
        <div className="why-change">
          <span className="quiet">{t('next')}</span>
          <ul>
            {next.map((one) => (
              <li key={one.text}>{one.text}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {place ? <Standing {...place} /> : null}
    </>
  )
}

/** What is closest within reach. */
function Next({ run, tree, onGo }: Pick<Props, 'run' | 'tree' | 'onGo'>) {
  const answer = useQuery(steps(run.run, tree.id))
  return (
    <Panel title={t('next')} extra={<Button onClick={() => onGo({ tab: 'whatif' })}>{t('try')}</Button>}>
      <Answer
        of={answer}
        empty={(data) => data.steps.length === 0}
        nothing={<Nothing say={t('noNext')} />}
        rows={3}
      >
        {(data) => (
          <ul className="why-next">
            {data.steps.map((step) => (
              <li key={step.text}>
                {step.text}{' '}
                <Button type="link" size="small" onClick={() => onGo({ item: step.item })}>
                  {t('atItem')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}
