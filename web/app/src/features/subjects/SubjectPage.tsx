import './subjects.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type SubjectProfile, useMay } from '../../api'
import { subject } from '../../api/queries'
import { Answer, Facts } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { RecordPage, type RecordTab } from '../../ui/RecordPage'
import { newest } from '../../ui/ResultList'
import { RunStatus } from '../../ui/RunStatus'
import { Overview } from './Overview'
import { t } from './subjects.words'

const Glance = lazy(() => import('./Glance').then(({ Glance }) => ({ default: Glance })))
const Holding = lazy(() => import('./Holding').then(({ Holding }) => ({ default: Holding })))
const History = lazy(() => import('./History').then(({ History }) => ({ default: History })))
const Policies = lazy(() => import('./Related').then(({ Policies }) => ({ default: Policies })))
const Cases = lazy(() => import('./Related').then(({ Cases }) => ({ default: Cases })))
const Dossier = lazy(() => import('./Dossier').then(({ Dossier }) => ({ default: Dossier })))
const Report = lazy(() => import('./Report').then(({ Report }) => ({ default: Report })))
const Wealth = lazy(() => import('./Wealth').then(({ Wealth }) => ({ default: Wealth })))

/** The file of a subject. */
export function SubjectPage() {
  const { kind, id } = useParams({ from: '/inside/subjects/$kind/$id' })
  const answer = useQuery(subject(kind, id))
  return <Answer of={answer}>{(of) => <Known subject={of} />}</Answer>
}

function Known({ subject: of }: { subject: SubjectProfile }) {
  const { tab } = useSearch({ from: '/inside/subjects/$kind/$id' })
  const navigate = useNavigate({ from: '/subjects/$kind/$id' })
  const money = useMay('subject_ledger')
  const report = useMay('subject_report')
  const policies = useMay('entitlement_list')
  const cases = useMay('case_list')
  const dossier = useMay('subject_dossier')
  const matches = useMay('match_experts')
  const tabs: RecordTab[] = [
    { key: 'overview', label: t('overview'), show: () => <Overview subject={of} /> },
    { key: 'facts', label: t('facts'), show: () => <Holding subject={of} /> },
    { key: 'history', label: t('history'), show: () => <History subject={of} /> },
    ...(money ? [{ key: 'money', label: t('money'), show: () => <Wealth subject={of} /> }] : []),
    ...(policies ? [{ key: 'policies', label: t('policies'), show: () => <Policies subject={of} /> }] : []),
    ...(cases ? [{ key: 'cases', label: t('cases'), show: () => <Cases subject={of} /> }] : []),
  ]
  return (
    <RecordPage
      page={{
        title: of.name || of.identity,
        aside: <RunStatus of={newest(of.facts).map((one) => one.run)} />,
        help: 'subject',
        actions: (
          <Suspense>
            {matches ? (
              <Link to="/matches/$kind/$id" params={{ kind: of.kind, id: of.identity }}>
                {t('matches')}
              </Link>
            ) : null}
            {dossier ? <Dossier subject={of} /> : null}
            {report ? <Report subject={of} /> : null}
          </Suspense>
        ),
      }}
      header={<Header subject={of} />}
      tab={tab}
      onTab={(to) => void navigate({ search: (old) => ({ ...old, tab: to }), replace: true })}
      tabs={tabs}
    />
  )
}

function Header({ subject: of }: { subject: SubjectProfile }) {
  const place = usePlaceName()
  return (
    <>
      <Suspense>
        <Glance subject={of} />
      </Suspense>
      <Facts
        of={[
          [
            t('identity'),
            <span key="id" className="num">
              {of.identity}
            </span>,
          ],
          ...(of.locality ? [[t('locality'), place(of.locality)] as const] : []),
          ...(of.chain ? [[t('chain'), of.chain] as const] : []),
          ...(of.standing ? [[t('standing'), of.standing] as const] : []),
          ...(of.former ? [[t('former'), of.former] as const] : []),
          ...(of.act == null ? [] : [[t('known'), t('asOf', { n: of.act })] as const]),
        ]}
      />
    </>
  )
}
