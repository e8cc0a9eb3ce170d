import './grading.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { type RuleDetail, type RuleReason, rulePublish, ruleReview, ruleWithdraw, useMay } from '../../api'
import { Answer, FormDialog, Moment, Panel, useAct } from '../../ui'
import { RecordPage } from '../../ui/RecordPage'
import { Changes } from './Changes'
import { t } from './grading.words'
import { Impact } from './Impact'
import { Problems } from './Problems'
import { checked, rule } from './queries'
import { Reader } from './Reader'
import { Reason } from './Reason'
import { StateTag } from './state'

const route = getRouteApi('/inside/rules/$entry')

export function RulePage() {
  const { entry } = route.useParams()
  const search = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery(rule(Number(entry)))
  const mayCheck = useMay('rule_check')
  const mayTry = useMay('rule_impact')
  const check = useQuery({
    ...checked(answer.data?.text ?? ''),
    enabled: mayCheck && answer.data !== undefined,
  })
  return (
    <Answer of={answer}>
      {(one) => (
        <RecordPage
          page={{
            title: `${one.name} ${one.version}`,
            help: 'author#rules',
            ...(check.data && { status: check.data.status }),
            aside: <StateTag state={one.state} name={one.state_name} />,
            actions: <Actions of={one} />,
          }}
          tab={search.tab}
          onTab={(tab) => go({ search: (was) => ({ ...was, tab }) })}
          tabs={[
            { key: 'read', label: t('read'), show: () => <Reader text={one.text} /> },
            {
              key: 'source',
              label: t('source'),
              show: () => (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
                <pre className="source" tabIndex={0}>
                  {one.text}
                </pre>
              ),
            },
            { key: 'changes', label: t('changes'), show: () => <Changes of={one} /> },
            ...(mayTry && one.kind
              ? [
                  {
                    key: 'impact',
                    label: t('impact'),
                    show: () => <Impact entry={one.entry} kind={one.kind} />,
                  },
                ]
              : []),
            ...(mayCheck
              ? [
                  {
                    key: 'problems',
                    label: t('problems'),
                    show: () => <Answer of={check}>{(found) => <Problems of={found} />}</Answer>,
                  },
                ]
              : []),
            { key: 'steps', label: t('steps'), show: () => <History of={one} /> },
          ]}
        />
      )}
    </Answer>
  )
}

type Step = 'review' | 'publish' | 'withdraw'
const NAME = { review: 'review', publish: 'enact', withdraw: 'withdraw' } as const

function Actions({ of }: { of: RuleDetail }) {
  const [asking, setAsking] = useState<Step>()
  const entry = of.entry
  const step = useAct(
    ({ to, why }: { to: Step; why: RuleReason }) =>
      to === 'review'
        ? ruleReview({ entry }, why)
        : to === 'publish'
          ? rulePublish({ entry }, why)
          : ruleWithdraw({ entry }, why),
    { refresh: [['rules']], after: () => setAsking(undefined) },
  )
  const may = {
    review: useMay('rule_review') && of.state === 'draft',
    publish: useMay('rule_publish') && of.state === 'reviewed',
    withdraw: useMay('rule_withdraw') && of.state !== 'withdrawn',
  }
  const mayEdit = useMay('rule_draft')
  return (
    <Space wrap>
      {mayEdit ? (
        <Link to="/rules/new" search={{ from: entry }}>
          {t('edit')}
        </Link>
      ) : null}
      {(['review', 'publish', 'withdraw'] as const).map((to) =>
        may[to] ? (
          <Button
            key={to}
            {...(to === 'withdraw' ? { danger: true } : { type: 'primary' as const })}
            onClick={() => setAsking(to)}
          >
            {t(NAME[to])}
          </Button>
        ) : null,
      )}
      {asking ? (
        <FormDialog<RuleReason>
          title={t(NAME[asking])}
          busy={step.busy}
          onOk={(why) => step.run({ to: asking, why })}
          onClose={() => setAsking(undefined)}
        >
          <Reason />
        </FormDialog>
      ) : null}
    </Space>
  )
}

function History({ of }: { of: RuleDetail }) {
  return (
    <Panel>
      <ol className="timeline">
        {of.steps.map((step) => (
          <li key={step.act}>
            <Moment at={step.at} /> <b>{step.actor}</b> {t(WORD[step.state])}
            {step.why ? <div className="quiet">{step.why}</div> : null}
          </li>
        ))}
      </ol>
      <code className="hash">{of.hash}</code>
    </Panel>
  )
}

const WORD = { draft: 'draft', reviewed: 'review', published: 'enact', withdrawn: 'withdraw' } as const
