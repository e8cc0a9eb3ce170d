import './cases.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CaseLine, CaseLink, CaseStory } from '../../api'
import { useMay } from '../../api'
import { Answer, Facts, Moment, Money, Page, Panel } from '../../ui'
import { roleWord } from '../../ui/roles.words'
import { t } from './cases.words'
import { Next } from './Next'
import { Papers } from './Papers'
import { story } from './queries'
import { Reviews } from './Reviews'

const route = getRouteApi('/inside/cases/$number')

/** A case: what can be done now, what was filled in, and all that happened. */
export function CasePage() {
  const { number } = route.useParams()
  const mayMatch = useMay('case_matches')
  const answer = useQuery(story(Number(number)))
  return (
    <Answer of={answer}>
      {(one) => (
        <Page
          title={one.row.title || one.row.type}
          status={one.status}
          help="officer#cases"
          actions={
            mayMatch ? (
              <Link to="/cases/$number/matches" params={{ number }}>
                {t('matches')}
              </Link>
            ) : null
          }
          aside={<b className={one.row.overdue ? 'fall' : undefined}>{one.row.state}</b>}
        >
          <Head of={one} />
          <Next of={one} />
          <div className="panels">
            <Values of={one} />
            <Sums of={one} />
            <Papers of={one} />
            <Reviews of={one} />
            <History of={one} />
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Head({ of }: { of: CaseStory }) {
  const row = of.row
  return (
    <Panel>
      <Facts
        of={[
          [t('number'), row.number],
          [t('type'), row.type],
          [
            t('whose'),
            <Link key="w" to="/subjects/$kind/$id" params={{ kind: row.kind, id: row.id }}>
              {row.name || row.id}
            </Link>,
          ],
          [t('waits'), row.ended ? t('ended') : row.waits.map(waitsFor).join('、')],
          ...(row.due
            ? ([
                [
                  t('due'),
                  <span key="d" className={row.overdue ? 'fall' : undefined}>
                    {row.due}
                  </span>,
                ],
              ] as const)
            : []),
          [t('opened'), <Moment key="o" at={row.opened} />],
        ]}
      />
      {of.clause ? <blockquote className="clause">{of.clause}</blockquote> : null}
      {of.note ? <p className="quiet">{of.note}</p> : null}
    </Panel>
  )
}

const waitsFor = (who: string) => (who === 'own' ? t('own') : roleWord(who))

function Values({ of }: { of: CaseStory }) {
  if (of.values.length === 0) return null
  return (
    <Panel title={t('form')}>
      <Facts
        of={of.values.map((one) => [
          one.field,
          one.value == null || one.value === '' ? (
            <span key={one.field} className="missing">
              {t('empty')}
            </span>
          ) : (
            one.value
          ),
        ])}
      />
    </Panel>
  )
}

function Sums({ of }: { of: CaseStory }) {
  if (of.sums.length === 0) return null
  return (
    <Panel title={t('money')}>
      <Facts
        of={[
          [t('reserved'), <Money key="r" yuan={of.reserved} />],
          [t('paid'), <Money key="p" yuan={of.paid} />],
        ]}
      />
      <ul className="plain-list">
        {of.sums.map((one) => (
          <li key={`${one.operation} ${one.stage}`}>
            {one.kind} {one.stage > 0 ? t('stage', { n: one.stage }) : null} <Money yuan={one.amount} />{' '}
            {one.state}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function History({ of }: { of: CaseStory }) {
  const mayAct = useMay('act_get')
  return (
    <Panel title={t('timeline')}>
      <ol className="timeline">
        {of.lines.map((line) => (
          <li key={`${line.seq} ${line.act}`}>
            <Moment at={line.at} /> <b>{line.actor}</b> {lineWords(line)}{' '}
            {mayAct ? (
              <Link to="/acts/$act" params={{ act: String(line.act) }}>
                {t('act', { n: line.act })}
              </Link>
            ) : null}
            {line.why ? <div className="quiet">{line.why}</div> : null}
            {line.basis ? (
              <div className="quiet">
                {t('basis')} <code className="hash">{line.basis.slice(0, 16)}…</code>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {of.notices.map((one) => (
        <p key={one.seq}>
          {t('notices')} {t('noticeFrom', { first: one.first, last: one.last })}
        </p>
      ))}
      <Linked title={t('aboveIt')} of={of.linked.filter((one) => one.number === of.row.parent)} />
      <Linked title={t('underIt')} of={of.linked.filter((one) => one.number !== of.row.parent)} />
    </Panel>
  )
}

function Linked({ title, of }: { title: string; of: readonly CaseLink[] }) {
  return of.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul>
        {of.map((one) => (
          <li key={one.number}>
            <Link to="/cases/$number" params={{ number: String(one.number) }}>
              {one.type} {one.number} {one.title}
            </Link>{' '}
            <span className="quiet">{one.state}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function lineWords(line: CaseLine): string {
  const said = {
    opened: t('opened2'),
    half: `${line.step}：${t('half')}`,
    saved: t('saved'),
    taken: line.step,
  }[line.kind]
  return line.kind === 'taken' ? `${said} → ${line.state}` : said
}
