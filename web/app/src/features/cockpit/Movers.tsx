import { useQuery } from '@tanstack/react-query'
import { movers } from '../../api/queries'
import { Answer, Nothing, Panel } from '../../ui'
import { Moved } from '../../ui/outcome'
import { t } from './cockpit.words'

export function Movers({ kind }: { kind: string }) {
  const answer = useQuery(movers(kind))
  return (
    <Answer
      of={answer}
      empty={(data) => data.documents.length === 0}
      nothing={
        <Panel title={t('movers')}>
          <Nothing say={t('noMoves')} />
        </Panel>
      }
    >
      {(data) => (
        <>
          {data.documents.map((one) => (
            <Moved key={one.now.run} of={one} />
          ))}
        </>
      )}
    </Answer>
  )
}
