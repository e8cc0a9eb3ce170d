import './policy.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type PolicyCard, policyGet, useMay } from '../../api'
import { Answer, Decimal, Facts, Money, Page, Panel } from '../../ui'
import { PublicFrame } from '../../ui/PublicFrame'
import { t } from './policy.words'
import { Follow, Telling } from './Telling'

const STACKING = {
  unstated: 'unstated',
  highest: 'highestMode',
  top_up: 'topUpMode',
  sum: 'sumMode',
  apart: 'apartMode',
} as const

/** One policy: in plain words at the left, the document's own at the right. */
export function PolicyPage() {
  const { policy } = getRouteApi('/inside/policies/$policy').useParams()
  const office = useMay('policy_telling_get')
  return (
    <Policy id={policy} open={false}>
      {office ? <Telling id={policy} /> : null}
    </Policy>
  )
}

/** The same for those who are not signed in. */
export function PublicPolicy() {
  const { policy } = getRouteApi('/outside/public/policies/$policy').useParams()
  return (
    <PublicFrame>
      <Policy id={policy} open />
    </PublicFrame>
  )
}

function Policy({ id, open, children }: { id: string; open: boolean; children?: ReactNode }) {
  const answer = useQuery({
    queryKey: ['policies', id],
    queryFn: ({ signal }) => policyGet({ id }, { signal }),
  })
  return (
    <Answer of={answer}>
      {(data) => {
        const one = data.policy
        return (
          <Page
            title={one.name}
            status={one.status}
            help={open ? 'public#policies' : 'enterprise#policies'}
            actions={
              <>
                {open ? null : <Follow of={one} />}
                <Link
                  to={open ? '/public/calculate' : '/policies/calculate'}
                  search={{ kind: one.kind, policy: one.id }}
                >
                  {t('calculate')}
                </Link>
              </>
            }
          >
            <div className="panels policy-two">
              <Plain of={one} others={data.others} />
              <Panel title={t('text')}>
                <pre className="source">{data.text}</pre>
              </Panel>
            </div>
            {children}
            <Panel title={t('fields')}>
              <p>
                {data.fields
                  .map((field) => `${field.name}${field.unit ? `（${field.unit}）` : ''}`)
                  .join('、')}
              </p>
            </Panel>
          </Page>
        )
      }}
    </Answer>
  )
}

/** What a mark of certainty means, as docs/certainty.md has it. */
function certain(mark: string): string {
  const known = (['S', 'S2', '2', 'M', 'A'] as const).find((one) => one === mark)
  return known ? t(`certain_${known}`) : mark || '—'
}

function Plain({ of, others }: { of: PolicyCard; others: readonly string[] }) {
  return (
    <Panel>
      {of.clause ? <blockquote className="clause">{of.clause}</blockquote> : null}
      <Facts
        of={[
          [t('beneficiary'), of.beneficiary || of.kind],
          [t('cap'), of.cap ? <Money key="c" yuan={of.cap} unit="wan" /> : '—'],
          [t('stacking'), t(STACKING[of.stacking])],
          [t('since'), `${of.since ?? '—'}${of.until ? ` ${t('until')} ${of.until}` : ''}`],
          [t('certainty'), certain(of.certainty)],
          [t('source'), of.source || of.document],
        ]}
      />
      {of.parts.length > 0 ? (
        <>
          <h3>{t('parts')}</h3>
          <ol>
            {of.parts.map((part) => (
              <li key={part.label}>
                {part.label}{' '}
                {part.amount ? (
                  <Money yuan={part.amount} unit="wan" />
                ) : part.share ? (
                  <Decimal value={part.share} />
                ) : null}{' '}
                {part.months > 0 ? t('monthly', { n: part.months }) : null}{' '}
                {part.waits ? t('waits', { what: part.waits }) : null}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {of.levels.length > 0 ? (
        <p>
          {t('levels')}：{of.levels.map((level) => `${level.name} ${level.weight}`).join(' : ')}
        </p>
      ) : null}
      {of.note ? <p className="quiet">{of.note}</p> : null}
      {others.length > 0 ? (
        <p className="quiet">
          {t('others')}：{others.join('、')}
        </p>
      ) : null}
    </Panel>
  )
}
