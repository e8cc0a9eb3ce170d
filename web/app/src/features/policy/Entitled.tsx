import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { caseOpen, type EntitledLine, type Entitlements, useMay } from '../../api'
import { typesOfCases } from '../../api/queries'
import { Facts, Money, Panel, StatusBadge, useAct } from '../../ui'
import { Range } from '../../ui/Range'
import { OFFERED } from './columns.words'
import { Offer } from './Offer'
import { t } from './policy.words'
import { Why } from './Why'

const ORDER = ['entitled', 'near', 'open', 'judge', 'not'] as const

/** Totals, then the policies by how they stand. Without `id` it is a calculation for nobody; `open`: on a public page. */
export function Entitled({
  of,
  kind,
  id,
  open = false,
}: {
  of: Entitlements
  kind: string
  id?: string
  open?: boolean
}) {
  const [why, setWhy] = useState<EntitledLine>()
  return (
    <>
      <Totals of={of} />
      {ORDER.map((standing) => {
        const lines = of.lines.filter((line) => line.standing === standing)
        if (lines.length === 0 && standing !== 'entitled') return null
        return (
          <details key={standing} open={standing !== 'not'} className="policy-group">
            <summary>
              <h2>
                {t(standing)} <span className="quiet num">{lines.length}</span>
              </h2>
            </summary>
            <ul className="policy-cards">
              {lines.map((line) => (
                <li key={line.policy} className={`policy-${standing}`}>
                  <Line
                    of={line}
                    kind={kind}
                    open={open}
                    {...(id !== undefined && { id, onWhy: () => setWhy(line) })}
                  />
                </li>
              ))}
            </ul>
            {lines.length === 0 ? <p className="quiet">{t('nothingIn')}</p> : null}
          </details>
        )
      })}
      {id !== undefined && why ? (
        <Why kind={kind} id={id} line={why} onClose={() => setWhy(undefined)} />
      ) : null}
    </>
  )
}

function Totals({ of }: { of: Entitlements }) {
  const paid = of.apart.low !== '0' && of.apart.low !== '0.00'
  return (
    <Panel>
      {of.differ ? (
        <>
          <p>{t('differ')}</p>
          <Facts
            of={[
              [t('highestMode'), <Range key="h" of={of.highest} />],
              [t('topUpMode'), <Range key="t" of={of.top_up} />],
              [t('sumMode'), <Range key="s" of={of.sum} />],
            ]}
          />
        </>
      ) : (
        <p className="policy-total">
          {t('total')} <Range of={of.highest} />
        </p>
      )}
      {paid ? (
        <p>
          {t('apart')} <Range of={of.apart} />
        </p>
      ) : null}
      <p className="quiet">
        {of.day} · {t('period', { n: of.period })}
      </p>
    </Panel>
  )
}

interface LineOf {
  of: EntitledLine
  kind: string
  open: boolean
  id?: string
  onWhy?: () => void
}

function Line({ of, kind, open, id, onWhy }: LineOf) {
  const readings = of.stacking_open && (of.highest.low !== of.sum.low || of.top_up.low !== of.sum.low)
  return (
    <>
      <h3>
        <Link to={open ? '/public/policies/$policy' : '/policies/$policy'} params={{ policy: of.policy }}>
          {of.name}
        </Link>{' '}
        <StatusBadge status={of.status} />
      </h3>
      {of.standing === 'near' && of.would_pay ? (
        <Near of={of} />
      ) : of.standing === 'not' ? null : (
        <p className="policy-amount">
          <Range of={of.amount} />
        </p>
      )}
      {readings ? (
        <p className="quiet">
          {t('highestMode')} <Range of={of.highest} /> · {t('topUpMode')} <Range of={of.top_up} /> ·{' '}
          {t('sumMode')} <Range of={of.sum} />
        </p>
      ) : null}
      <Reasons of={of} />
      <Parts of={of} />
      <Booked of={of} />
      {of.clause ? <blockquote>{of.clause}</blockquote> : null}
      <div className="policy-do">
        {onWhy ? (
          <Button size="small" onClick={onWhy}>
            {t('why')}
          </Button>
        ) : null}
        {id !== undefined && of.standing === 'entitled' ? <Apply of={of} kind={kind} id={id} /> : null}
      </div>
    </>
  )
}

function Near({ of }: { of: EntitledLine }) {
  return (
    <p>
      {t('ifOnly')}{' '}
      <b>
        {of.changes
          .map((one) => t('becomes', { field: one.field, was: one.was || '—', needed: one.needed }))
          .join('；')}
      </b>
      ，{t('wouldPay')} {of.would_pay ? <Range of={of.would_pay} /> : null}
    </p>
  )
}

function Reasons({ of }: { of: EntitledLine }) {
  return (
    <>
      {of.binding === 'other' ? <p className="quiet">{t('binding_other', { name: of.instead })}</p> : null}
      {of.binding === 'own' || of.binding === 'group' || of.binding === 'all' ? (
        <p className="quiet">{t(`binding_${of.binding}`)}</p>
      ) : null}
      {of.unmet.length > 0 ? (
        <ul className="policy-why">
          {of.unmet.map((one) => (
            <li key={one}>
              {t('because')} {one}
            </li>
          ))}
        </ul>
      ) : null}
      {of.missing.length > 0 ? (
        <p>
          {t('missing')}：{of.missing.join('、')}
        </p>
      ) : null}
      {of.judge.length > 0 ? (
        <p>
          {t('whoJudges')}：{of.judge.join('、')}
        </p>
      ) : null}
    </>
  )
}

function Parts({ of }: { of: EntitledLine }) {
  if (of.parts.length === 0 || of.standing === 'not') return null
  return (
    <ol className="quiet">
      {of.parts.map((part) => (
        <li key={part.label}>
          {part.label} <Range of={part.amount} />
          {part.months > 0
            ? ` · ${t('monthly', { n: part.months })} · ${t('times', { n: part.times_low === part.times_high ? part.times_low : `${part.times_low}~${part.times_high}` })}`
            : null}
        </li>
      ))}
    </ol>
  )
}

const none = (yuan: string) => /^0(\.0*)?$/.test(yuan)

function Booked({ of }: { of: EntitledLine }) {
  if (none(of.granted) && none(of.paid)) return null
  return (
    <p>
      {t('granted')} <Money yuan={of.granted} /> · {t('paid')} <Money yuan={of.paid} />
    </p>
  )
}

/** Opens the case by which this policy is paid, where there is one; the office offers what nobody applies for. */
function Apply({ of, kind, id }: { of: EntitledLine; kind: string; id: string }) {
  const may = useMay('case_open')
  const go = useNavigate()
  const types = useQuery({ ...typesOfCases, enabled: may })
  const openable = (types.data?.types ?? []).filter((one) => one.openable && one.kind === kind)
  const type = openable.find((one) => one.policy !== '' && (one.policy === of.code || one.policy === of.name))
  const offered = openable.find((one) => one.policy === OFFERED.of)
  const open = useAct(() => caseOpen({ type: type?.type ?? '', kind, id }), {
    done: t('confirmed'),
    refresh: [['cases']],
    after: ({ number }) => void go({ to: '/cases/$number', params: { number: String(number) } }),
  })
  if (may && !type && offered) return <Offer type={offered} of={of} id={id} />
  if (!may || !type) return null
  return (
    <Button type="primary" size="small" loading={open.busy} onClick={() => open.run(undefined)}>
      {t('apply')}
    </Button>
  )
}
