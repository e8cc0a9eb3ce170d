import './grading.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import {
  type ImpactGain,
  type ImpactMoney,
  type ImpactSplit,
  Problem,
  type RuleImpact,
  ruleImpact,
  ruleTry,
} from '../../api'
import { Answer, Decimal, Facts, Nothing, Panel, PlainTable, StatusBadge } from '../../ui'
import { usePlaceName } from '../../ui/places'
import { Range } from '../../ui/Range'
import { t } from './grading.words'

/** What a document of the book would change for those who were scored last. */
export function Impact({ entry, kind }: { entry: number; kind: string }) {
  const answer = useQuery({
    queryKey: ['rules', entry, 'impact'],
    queryFn: ({ signal }) => ruleImpact({ entry }, { signal }),
    retry: false,
  })
  if (nothingBefore(answer.error)) return <Nothing say={t('impactFirst')} />
  return <Answer of={answer}>{(of) => <Shown of={of} kind={kind} />}</Answer>
}

/** A first document has no other, and no run, to be held against: that is no fault. */
const nothingBefore = (cause: unknown) => cause instanceof Problem && cause.items[0]?.code === 'API-NO-BASE'

/** The same of a text that is being written, once it is asked for. */
export function DraftImpact({ text, kind, sound }: { text: string; kind: string; sound: boolean }) {
  const [asked, setAsked] = useState<string>()
  const answer = useQuery({
    queryKey: ['rules', 'impact', asked],
    queryFn: ({ signal }) => ruleTry({ text: asked! }, { signal }),
    enabled: asked !== undefined,
    retry: false,
    gcTime: 60_000,
  })
  return (
    <>
      <Panel>
        <p className="quiet">{t('impactNote')}</p>
        <Button
          type="primary"
          disabled={!sound || asked === text}
          title={sound ? undefined : t('impactSound')}
          onClick={() => setAsked(text)}
        >
          {t('tryImpact')}
        </Button>
        {asked !== undefined && asked !== text ? <p className="fall">{t('impactOld')}</p> : null}
      </Panel>
      {asked === undefined ? null : <Answer of={answer}>{(of) => <Shown of={of} kind={kind} />}</Answer>}
    </>
  )
}

function Shown({ of, kind }: { of: RuleImpact; kind: string }) {
  const figure = (n: number) => <Decimal value={String(n)} />
  return (
    <>
      <Panel title={t('impact')} extra={<StatusBadge status={of.new.status} />}>
        <p className="quiet">
          {t('impactOf', { old: `${of.old.name} ${of.old.version}`, run: of.run, day: of.day })}
        </p>
        <Facts
          of={[
            [t('subjects'), figure(of.subjects)],
            [t('changed'), figure(of.changed)],
            [t('impactUp'), figure(of.up)],
            [t('impactDown'), figure(of.down)],
            [t('impactSame'), figure(of.same)],
            [t('impactOpen'), figure(of.open)],
            ...(of.policies.length > 0
              ? ([
                  [t('moneyBefore'), <Sum key="b" of={of.money_before} />],
                  [t('moneyAfter'), <Sum key="a" of={of.money_after} />],
                ] as const)
              : []),
          ]}
        />
      </Panel>
      <div className="panels impact">
        <Gains title={t('winners')} of={of.winners} kind={kind} />
        <Gains title={t('losers')} of={of.losers} kind={kind} />
        <Grades of={of} />
        {of.gates.length > 0 ? (
          <Panel title={t('gates')}>
            <PlainTable
              named
              head={[t('gates'), t('before'), t('after'), t('gained'), t('lost')]}
              rows={of.gates.map((one) => ({
                key: one.name,
                cells: [one.name, one.before, one.after, one.gained, one.lost],
              }))}
            />
          </Panel>
        ) : null}
        {of.policies.length > 0 ? (
          <Panel title={t('policies')}>
            <PlainTable
              named
              label={t('policies')}
              head={[t('policies'), t('before'), t('after')]}
              rows={of.policies.map((one) => ({
                key: one.name,
                cells: [one.name, <Sum key="b" of={one.before} />, <Sum key="a" of={one.after} />],
              }))}
            />
          </Panel>
        ) : null}
        {of.splits.map((one) => (
          <Split key={one.by} of={one} />
        ))}
      </div>
      <Movers of={of} kind={kind} />
    </>
  )
}

/** Without a kind, as of a text that is new, there is no file to open. */
const Who = ({ of, kind }: { of: { id: string; name: string }; kind: string }) =>
  kind ? (
    <Link to="/subjects/$kind/$id" params={{ kind, id: of.id }}>
      {of.name || of.id}
    </Link>
  ) : (
    <span>{of.name || of.id}</span>
  )

const Sum = ({ of }: { of: ImpactMoney }) => (
  <>
    <Decimal value={String(of.payees)} /> · <Range of={of} />
  </>
)

function Gains({ title, of, kind }: { title: string; of: ImpactGain; kind: string }) {
  return (
    <Panel
      title={
        <>
          {title} <Decimal value={String(of.n)} />
        </>
      }
      extra={<Decimal value={of.change} />}
    >
      {of.largest.length === 0 ? <Nothing /> : null}
      <ol className="appeals">
        {of.largest.map((one) => (
          <li key={one.id}>
            <Who of={one} kind={kind} /> <Decimal value={one.change} />
            <div className="quiet">{one.reason}</div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** From which grade to which; who keeps theirs stands on the diagonal. */
function Grades({ of }: { of: RuleImpact }) {
  const names = (side: 'before' | 'after') => [...new Set(of.grades.map((one) => one[side]))].sort()
  if (of.grades.length === 0) return null
  const n = (before: string, after: string) =>
    of.grades.find((one) => one.before === before && one.after === after)?.n ?? 0
  return (
    <Panel title={t('gradeShift')}>
      <PlainTable
        named
        label={t('gradeShift')}
        head={[t('fromTo'), ...names('after').map((one) => one || t('undecided'))]}
        rows={names('before').map((before) => ({
          key: before,
          cells: [before || t('undecided'), ...names('after').map((after) => n(before, after))],
        }))}
      />
    </Panel>
  )
}

function Split({ of }: { of: ImpactSplit }) {
  const place = usePlaceName()
  return (
    <Panel title={of.by}>
      <PlainTable
        named
        label={of.by}
        head={[of.by, t('subjects'), t('impactUp'), t('impactDown'), t('scoreSums')]}
        rows={of.groups.map((one) => ({
          key: one.label,
          cells: [
            place(one.label) || t('undecided'),
            one.subjects,
            one.up,
            one.down,
            <>
              <Decimal value={one.score_before} /> → <Decimal value={one.score_after} />
            </>,
          ],
        }))}
      />
    </Panel>
  )
}

function Movers({ of, kind }: { of: RuleImpact; kind: string }) {
  if (of.movers.length === 0) return null
  return (
    <Panel title={t('impactMovers', { n: of.movers.length, all: of.changed })}>
      <PlainTable
        named
        label={t('changed')}
        head={[t('name'), t('score'), t('grade'), t('rank'), t('others')]}
        rows={of.movers.map((one) => ({
          key: one.id,
          cells: [<Who key="n" of={one} kind={kind} />, one.score, one.grade, one.rank, one.others],
        }))}
      />
    </Panel>
  )
}
