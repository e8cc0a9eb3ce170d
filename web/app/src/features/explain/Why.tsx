import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { nextSteps, type RunDetail } from '../../api'
import type { Explanation } from '../../domain/explanation'
import { Answer, getPrefs, Nothing, Panel } from '../../ui'
import { Reasons } from '../../ui/Reasons'
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
  return (
    <div className="why">
      <Reasons kind={run.kind} id={tree.id} items={tree.items} asked={item} />
      <aside className="why-aside">
        <Next run={run} tree={tree} onGo={onGo} />
      </aside>
    </div>
  )
}

/** What is closest within reach. */
function Next({ run, tree, onGo }: Pick<Props, 'run' | 'tree' | 'onGo'>) {
  const answer = useQuery({
    queryKey: ['runs', run.run, 'steps', tree.id],
    queryFn: ({ signal }) => nextSteps({ run: run.run, id: tree.id, lang: getPrefs().lang }, { signal }),
  })
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
              <li key={step.text}>{step.text}</li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}
