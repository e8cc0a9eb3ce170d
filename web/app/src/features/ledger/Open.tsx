/** What is not settled yet: owed and not asked to be paid, reserved for somebody, to be paid back. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Input, Select, Space } from 'antd'
import {
  type LedgerGrantEnd,
  type LedgerGrantOp,
  type LedgerOpen,
  type LedgerOpens,
  type LedgerPayOp,
  type LedgerRecoverOp,
  type LedgerWhy,
  ledgerGrant,
  ledgerGrantEnd,
  ledgerOpens,
  ledgerPay,
  ledgerRecover,
  ledgerReverse,
  useMay,
} from '../../api'
import { usePolicyName } from '../../api/queries'
import { List, Money } from '../../ui'
import { ActLink } from './ActLink'
import { type Field, OpButton } from './Ask'
import { t } from './ledger.words'
import { OPEN } from './routes'

const route = getRouteApi('/inside/ledger')

const DECISION: Field = { name: 'decision' }
const WHY: Field = { name: 'why', type: 'note' }
const NOTE: Field = { name: 'note', label: 'why', type: 'note' }

export default function Open() {
  const { what, subject, after } = route.useSearch()
  const go = route.useNavigate()
  const policyName = usePolicyName()
  const answer = useQuery({
    queryKey: ['ledger', 'open', what, subject, after],
    queryFn: ({ signal }) =>
      ledgerOpens(
        { what: what ?? null, subject: subject ?? null, after: after ? Number(after) : null },
        { signal },
      ),
  })
  return (
    <>
      <div className="filters">
        <Select
          allowClear
          aria-label={t('openWhat')}
          placeholder={t('openWhat')}
          value={what ?? null}
          options={OPEN.map((value) => ({ value, label: t(value) }))}
          onChange={(next) =>
            go({ search: (was) => ({ ...was, what: next ?? undefined, after: undefined }) })
          }
        />
        <Input.Search
          key={subject}
          allowClear
          aria-label={t('subjectId')}
          placeholder={t('subjectId')}
          defaultValue={subject}
          onSearch={(next) =>
            go({ search: (was) => ({ ...was, subject: next.trim() || undefined, after: undefined }) })
          }
        />
        <Makers />
      </div>
      <List<LedgerOpen & { at: number }, LedgerOpens>
        of={answer}
        rows={(data) => data.opens.map((one, at) => ({ ...one, at }))}
        rowKey={(one) => String(one.at)}
        nothing={t('noOpen')}
        onClear={
          what || subject
            ? () => go({ search: (was) => ({ ...was, what: undefined, subject: undefined }) })
            : undefined
        }
        next={(data) => (data.next == null ? null : String(data.next))}
        cursor={after}
        onCursor={(next) => go({ search: (was) => ({ ...was, after: next }) })}
        columns={[
          {
            key: 'operation',
            title: t('operation'),
            width: 110,
            show: (one) => <ActLink n={one.operation} />,
          },
          {
            key: 'what',
            title: t('openWhat'),
            width: 90,
            show: (one) => (one.stage > 1 ? t('stageOf', { what: t(one.what), n: one.stage }) : t(one.what)),
          },
          { key: 'subject', title: t('subject'), width: 180, show: (one) => one.subject },
          { key: 'policy', title: t('policy'), width: 180, show: (one) => policyName(one.policy) },
          { key: 'year', title: t('year'), figure: true, width: 70, show: (one) => one.year },
          {
            key: 'open',
            title: t('stillOpen'),
            figure: true,
            width: 160,
            show: (one) => (
              <>
                <Money yuan={one.open} />
                {one.open === one.amount ? null : (
                  <div className="quiet">
                    {t('inAll')} <Money yuan={one.amount} />
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'decision',
            title: t('decision'),
            width: 180,
            show: (one) => (
              <>
                {one.decision} <Days of={one} />
              </>
            ),
          },
          { key: 'acts', title: '', width: 210, show: (one) => <Acts of={one} /> },
        ]}
      />
    </>
  )
}

const Days = ({ of }: { of: LedgerOpen }) =>
  of.from || of.until ? (
    <div className="quiet num">
      {of.from ? t('fromDay', { day: of.from }) : ''} {of.until ? t('untilDay', { day: of.until }) : ''}
    </div>
  ) : null

function Acts({ of }: { of: LedgerOpen }) {
  const may = {
    pay: useMay('ledger_pay'),
    grant: useMay('ledger_grant_end'),
    recover: useMay('ledger_recover'),
    reverse: useMay('ledger_reverse'),
  }
  const at = { operation: of.operation }
  const stage = of.stage || null
  const whole: Field = { name: 'amount', label: 'lessThan', yuan: of.open, type: 'yuan', free: true }
  if (of.what === 'due')
    return (
      <Space wrap size={4}>
        {may.pay ? (
          <OpButton
            title={t('request')}
            look="primary"
            fields={[whole, ...PAYEE]}
            act={(op: LedgerPayOp) => ledgerPay({ ...op, due: of.operation })}
          />
        ) : null}
        {may.reverse && of.open === of.amount ? (
          <OpButton title={t('reverse')} fields={[WHY]} act={(op: LedgerWhy) => ledgerReverse(at, op)} />
        ) : null}
      </Space>
    )
  if (of.what === 'reserved')
    return may.grant ? (
      <Space wrap size={4}>
        <OpButton
          title={t('post')}
          look="primary"
          fields={[whole]}
          act={(op: LedgerGrantEnd) => ledgerGrantEnd(at, { ...op, what: 'post', stage })}
        />
        <OpButton
          title={t('void')}
          fields={[NOTE]}
          act={(op: LedgerGrantEnd) => ledgerGrantEnd(at, { ...op, what: 'void', stage })}
        />
        {of.until ? (
          <OpButton title={t('lapse')} fields={[]} act={() => ledgerGrantEnd(at, { what: 'lapse' })} />
        ) : null}
      </Space>
    ) : null
  return may.recover ? (
    <Space wrap size={4}>
      <OpButton
        title={t('recover')}
        look="primary"
        fields={[whole]}
        act={(op: LedgerRecoverOp) => ledgerRecover(at, { ...op, what: 'recover' })}
      />
      <OpButton
        title={t('waive')}
        fields={[NOTE]}
        act={(op: LedgerRecoverOp) => ledgerRecover(at, { ...op, what: 'void' })}
      />
    </Space>
  ) : null
}

export const PAYEE: readonly Field[] = [
  { name: 'payee' },
  { name: 'bank', free: true },
  { name: 'account', label: 'accountNo' },
]

/** 1, 1@2027-06-30: shares of stages. 本级=2, 苏州=1: of levels. */
const parts = (text: unknown, by: string) =>
  String(text ?? '')
    .split(/[,，]/)
    .map((one) => one.split(by).map((part) => part.trim()))
    .filter(([first]) => first)

/** A reservation anew; a wrong operation taken back by its number. */
function Makers() {
  const may = { grant: useMay('ledger_grant'), reverse: useMay('ledger_reverse') }
  const reserve = ({ stages, levels, ...op }: LedgerGrantOp) =>
    ledgerGrant({
      ...op,
      stages: parts(stages, '@').map(([weight, from]) => ({ weight: Number(weight), from: from || null })),
      levels: parts(levels, '=').map(([level = '', weight]) => ({
        level: level === t('ownLevel') ? '' : level,
        weight: Number(weight),
      })),
    })
  return (
    <>
      {may.grant ? (
        <OpButton
          title={t('reserve')}
          small={false}
          fields={[
            { name: 'subject', label: 'subjectId' },
            { name: 'policy', type: 'policy' },
            { name: 'year', type: 'year' },
            { name: 'amount', type: 'yuan' },
            DECISION,
            { name: 'receipt', label: 'receiptAs' },
            { name: 'item', label: 'onceItem', free: true },
            { name: 'until', type: 'day', free: true },
            { name: 'stages', free: true },
            { name: 'levels', free: true },
          ]}
          act={reserve}
        />
      ) : null}
      {may.reverse ? (
        <OpButton
          title={t('reverseOne')}
          small={false}
          fields={[{ name: 'operation' }, WHY]}
          act={({ operation, why }: LedgerWhy & { operation: string }) =>
            ledgerReverse({ operation }, { why })
          }
        />
      ) : null}
    </>
  )
}
