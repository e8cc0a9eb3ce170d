import './explain.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Typography } from 'antd'
import type { RunDetail } from '../../api'
import { explanation, run, subject } from '../../api/queries'
import { type Explanation, isExplanation } from '../../domain/explanation'
import { Answer, Facts, Failed } from '../../ui'
import { RecordPage } from '../../ui/RecordPage'
import { t } from './explain.words'
import type { ExplainSearch } from './routes'
import { Seek } from './Seek'
import { WhatIf } from './WhatIf'
import { Why } from './Why'

/** Why the numbers of one subject are what they are, and what would change them. */
export function ExplainPage() {
  const params = useParams({ from: '/inside/explain/$run/$id' })
  const number = Number(params.run)
  const detail = useQuery(run(number))
  const answer = useQuery(explanation(number, params.id))
  return (
    <Answer of={detail}>
      {(of) => (
        <Answer of={answer} rows={12}>
          {({ tree }) =>
            isExplanation(tree) ? (
              <Known run={of} tree={tree} />
            ) : (
              <Failed cause={new Error('geci-explain-1')} />
            )
          }
        </Answer>
      )}
    </Answer>
  )
}

function Known({ run: of, tree }: { run: RunDetail; tree: Explanation }) {
  const search = useSearch({ from: '/inside/explain/$run/$id' })
  const navigate = useNavigate({ from: '/explain/$run/$id' })
  const { data } = useQuery({ ...subject(of.kind, tree.id), retry: false })
  const go = (part: Partial<ExplainSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  const name = data?.name || tree.id
  return (
    <RecordPage
      page={{ title: name, status: tree.rules.status, help: 'explain' }}
      header={<Header run={of} tree={tree} name={name} />}
      tab={search.tab ?? 'why'}
      onTab={(tab) => go({ tab: tab as ExplainSearch['tab'] })}
      tabs={[
        {
          key: 'why',
          label: t('why'),
          show: () => <Why run={of} tree={tree} item={search.item} onGo={go} />,
        },
        {
          key: 'whatif',
          label: t('whatif'),
          show: () => <WhatIf run={of} tree={tree} set={search.set ?? []} onGo={go} />,
        },
        { key: 'seek', label: t('seek'), show: () => <Seek run={of} tree={tree} onGo={go} /> },
      ]}
    />
  )
}

function Header({ run: of, tree, name }: { run: RunDetail; tree: Explanation; name: string }) {
  return (
    <Facts
      of={[
        [
          t('file'),
          <Link key="file" to="/subjects/$kind/$id" params={{ kind: of.kind, id: tree.id }}>
            {name}
          </Link>,
        ],
        [t('rules'), `${tree.rules.name} ${tree.rules.version}`],
        [t('period'), <span key="period" className="num">{`${tree.period}`}</span>],
        [
          t('day'),
          <span key="day" className="num">
            {tree.as_of}
          </span>,
        ],
        [
          t('hash'),
          <Typography.Text key="hash" code copyable={{ text: tree.rules.sha256 }}>
            {tree.rules.sha256.slice(0, 12)}
          </Typography.Text>,
        ],
      ]}
    />
  )
}
