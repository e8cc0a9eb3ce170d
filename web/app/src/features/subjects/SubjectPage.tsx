import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type SubjectProfile, subjectGet } from '../../api'
import { useKind } from '../../api/queries'
import { Answer, Decimal, Facts, Grade, Nothing, Panel, RecordPage } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { t } from './subjects.words'

/** The file of a subject. */
export function SubjectPage() {
  const { kind, id } = useParams({ from: '/inside/subjects/$kind/$id' })
  const answer = useQuery({
    queryKey: ['subjects', kind, 'one', id],
    queryFn: ({ signal }) => subjectGet({ kind, id }, { signal }),
  })
  return <Answer of={answer}>{(subject) => <Known subject={subject} />}</Answer>
}

function Known({ subject }: { subject: SubjectProfile }) {
  const { status } = useKind(subject.kind)
  const { tab } = useSearch({ from: '/inside/subjects/$kind/$id' })
  const navigate = useNavigate({ from: '/subjects/$kind/$id' })
  return (
    <RecordPage
      page={{ title: subject.name || subject.identity, status, help: 'subject' }}
      header={<Header subject={subject} />}
      tab={tab}
      onTab={(to) => void navigate({ search: (old) => ({ ...old, tab: to }), replace: true })}
      tabs={[
        { key: 'overview', label: t('overview'), show: () => <Results subject={subject} /> },
        { key: 'facts', label: t('facts'), show: () => <Held subject={subject} /> },
      ]}
    />
  )
}

function Header({ subject }: { subject: SubjectProfile }) {
  const place = usePlaceName()
  const grade = subject.facts.find((one) => one.run !== 0 && /^[A-E]$/.test(one.value))
  return (
    <>
      {grade ? <Grade value={grade.value} big /> : null}
      <Facts
        of={[
          [
            t('identity'),
            <span key="id" className="num">
              {subject.identity}
            </span>,
          ],
          ...(subject.locality ? [[t('locality'), place(subject.locality)] as const] : []),
          ...(subject.chain ? [[t('chain'), subject.chain] as const] : []),
          ...(subject.standing ? [[t('standing'), subject.standing] as const] : []),
          ...(subject.former ? [[t('former'), subject.former] as const] : []),
        ]}
      />
    </>
  )
}

function Results({ subject }: { subject: SubjectProfile }) {
  const results = subject.facts.filter((one) => one.run !== 0)
  return (
    <div className="panels">
      <Panel title={t('results')} wide>
        {results.length === 0 ? (
          <Nothing say={t('noResults')} />
        ) : (
          <Facts
            of={results.map((one) => [one.column, <Decimal key="v" value={one.value} unit={one.unit} />])}
          />
        )}
      </Panel>
    </div>
  )
}

function Held({ subject }: { subject: SubjectProfile }) {
  const held = subject.facts.filter((one) => one.run === 0)
  return (
    <Panel>
      <Facts of={held.map((one) => [one.column, <Decimal key="v" value={one.value} unit={one.unit} />])} />
    </Panel>
  )
}
