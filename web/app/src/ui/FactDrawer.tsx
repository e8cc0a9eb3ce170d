import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer, Input, Space, Tag, Timeline } from 'antd'
import { useState } from 'react'
import { evidenceGet, type Fact, type MarkLine, save, subjectMark, useMay } from '../api'
import { history, kindFields, peers, subject } from '../api/queries'
import { grouped } from '../domain/decimal'
import { inWords } from '../domain/explanation'
import { useAct } from './act'
import { t } from './facts.words'
import { Standing } from './Standing'
import { t as peerWords } from './standing.words'
import { Answer, Nothing } from './states'
import { Decimal, Moment } from './values'

const VERDICT = { none: 'default', verified: 'green', returned: 'red' } as const

/** Every report of one fact: what was said, by whom, from which day on, and who checked it. */
export function FactDrawer({
  kind,
  id,
  column,
  onClose,
}: {
  kind: string
  id: string
  /** `field@2025`; undefined: closed. */
  column: string | undefined
  onClose: () => void
}) {
  return (
    <Drawer
      open={column !== undefined}
      title={column === undefined ? '' : t('title', { name: inWords(column) })}
      size={420}
      onClose={onClose}
      destroyOnHidden
    >
      {column === undefined ? null : (
        <>
          <Reports kind={kind} id={id} column={column} />
          <Peers kind={kind} id={id} column={column} />
          <Link to="/lineage/$kind/$id" params={{ kind, id }} search={{ column }}>
            {t('lineage')} →
          </Link>
        </>
      )}
    </Drawer>
  )
}

/** Of a figure: where it stands among those of the same chain, or of the kind. */
function Peers({ kind, id, column }: { kind: string; id: string; column: string }) {
  const fields = useQuery(kindFields(kind)).data?.fields
  const of = useQuery({ ...subject(kind, id), retry: false }).data
  const by = of?.chain ? fields?.find((one) => one.role === 'chain')?.name : undefined
  const isFigure = fields?.find((one) => one.name === column.split('@')[0])?.type === 'number'
  const may = useMay('subject_peers')
  const answer = useQuery({ ...peers(kind, id, column, by), enabled: may && isFigure && of !== undefined })
  const data = answer.data
  if (!data) return null
  return (
    <section className="fact-peers">
      <h3>
        {peerWords('peers')}{' '}
        <span className="quiet">
          {of?.chain ? peerWords('peersOf', { name: of.chain }) : null} {data.unit}
        </span>
      </h3>
      {data.told && data.below != null ? (
        <Standing n={data.n} below={data.below} quantiles={data.quantiles.map((one) => grouped(one))} />
      ) : (
        <p className="quiet">{peerWords('few')}</p>
      )}
    </section>
  )
}

function Reports({ kind, id, column }: { kind: string; id: string; column: string }) {
  const answer = useQuery(history(kind, id, column.split('@')[0]))
  const of = (facts: readonly Fact[]) => facts.filter((fact) => fact.column === column).reverse()
  return (
    <Answer of={answer} empty={(data) => of(data.facts).length === 0} nothing={<Nothing say={t('none')} />}>
      {(data) => (
        <Timeline
          items={of(data.facts).map((fact) => ({
            key: `${fact.act}-${fact.line}`,
            color: fact.holds ? 'blue' : 'gray',
            content: <Report fact={fact} kind={kind} id={id} />,
          }))}
        />
      )}
    </Answer>
  )
}

/** The figure without its unit, which a report may have been written with. */
const bare = ({ value, unit }: Fact) =>
  value && unit && value.endsWith(unit) ? value.slice(0, -unit.length) : value

function Report({ fact, kind, id }: { fact: Fact; kind: string; id: string }) {
  const mayMark = useMay('subject_mark')
  return (
    <>
      <strong>
        <Decimal value={bare(fact)} unit={fact.unit} />
      </strong>{' '}
      {fact.holds ? <Tag color="blue">{t('holds')}</Tag> : null}
      <Tag color={VERDICT[fact.verdict]}>{t(`verdict_${fact.verdict}`)}</Tag>
      <dl className="facts">
        <div>
          <dt>{t('source')}</dt>
          <dd>{fact.source}</dd>
        </div>
        <div>
          <dt>{t('day')}</dt>
          <dd className="num">{fact.day}</dd>
        </div>
        <div>
          <dt>{t('reporter')}</dt>
          <dd>{fact.reporter}</dd>
        </div>
        <div>
          <dt>{t('actor')}</dt>
          <dd>
            {fact.actor} <Moment at={fact.at} />
          </dd>
        </div>
        {fact.evidence ? (
          <div>
            <dt>{t('evidence')}</dt>
            <dd>
              <Evidence kind={kind} id={id} hash={fact.evidence} />
            </dd>
          </div>
        ) : null}
        {fact.judge ? (
          <div>
            <dt>{t('verdict')}</dt>
            <dd>
              {fact.judge} {fact.why}
            </dd>
          </div>
        ) : null}
      </dl>
      <span className="quiet">{t('act', { n: fact.act })}</span>
      {mayMark && fact.holds ? <Mark fact={fact} kind={kind} id={id} /> : null}
    </>
  )
}

function Evidence({ kind, id, hash }: { kind: string; id: string; hash: string }) {
  const short = hash.slice(0, 12)
  const take = useAct(async () => save(await evidenceGet({ kind, id, hash }), short))
  return (
    <Button type="link" size="small" loading={take.busy} onClick={() => take.run(undefined)}>
      {short}
    </Button>
  )
}

/** Whoever checks a fact says that it is so, or sends it back, and on what ground. */
function Mark({ fact, kind, id }: { fact: Fact; kind: string; id: string }) {
  const [why, setWhy] = useState('')
  const mark = useAct(
    (verdict: MarkLine['verdict']) =>
      subjectMark({ kind, id }, { act: fact.act, line: fact.line, field: fact.column, verdict, why }),
    { refresh: [['subjects', kind]], after: () => setWhy('') },
  )
  return (
    <div className="fact-mark">
      <Input
        value={why}
        aria-label={t('why')}
        placeholder={t('why')}
        maxLength={200}
        onChange={(event) => setWhy(event.target.value)}
      />
      <Space>
        <Button disabled={why.trim() === ''} loading={mark.busy} onClick={() => mark.run('verified')}>
          {t('verify')}
        </Button>
        <Button danger disabled={why.trim() === ''} loading={mark.busy} onClick={() => mark.run('returned')}>
          {t('return')}
        </Button>
      </Space>
    </div>
  )
}
