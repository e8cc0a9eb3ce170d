import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { actGet } from '../../api'
import { Answer, Facts, Moment, Page, Panel, PlainTable } from '../../ui'
import { t } from './audit.words'
import { objectName, verbName } from './verbs.words'

const route = getRouteApi('/inside/acts/$act')

export function ActPage() {
  const { act } = route.useParams()
  const answer = useQuery({
    queryKey: ['acts', Number(act)],
    queryFn: ({ signal }) => actGet({ act: Number(act) }, { signal }),
  })
  return (
    <Answer of={answer}>
      {(one) => (
        <Page
          title={t('act', { n: one.act })}
          help="auditor#acts"
          actions={
            <>
              {one.act > 1 ? (
                <Link to="/acts/$act" params={{ act: String(one.act - 1) }}>
                  ← {t('earlier')}
                </Link>
              ) : null}
              <Link to="/acts/$act" params={{ act: String(one.act + 1) }}>
                {t('later')} →
              </Link>
            </>
          }
        >
          <Panel>
            <Facts
              of={[
                [t('at'), <Moment key="t" at={one.at} />],
                [t('actor'), one.actor],
                [
                  t('verb'),
                  <span key="v">
                    {verbName(one.verb)} <code className="quiet">{one.verb}</code>
                  </span>,
                ],
                [t('object'), objectName(one.object)],
                [
                  t('hash'),
                  <code key="h" className="hash">
                    {one.hash}
                  </code>,
                ],
                [
                  t('prev'),
                  <code key="p" className="hash">
                    {one.prev}
                  </code>,
                ],
              ]}
            />
          </Panel>
          <Panel title={t('seals')}>
            <PlainTable
              head={[t('table'), t('rows'), t('digest')]}
              rows={sealsOf(one.seals).map(([table, rows, digest]) => ({
                key: table!,
                cells: [
                  <code key="t">{table}</code>,
                  <span key="r" className="num">
                    {rows}
                  </span>,
                  <code key="d" className="hash">
                    {digest}
                  </code>,
                ],
              }))}
            />
          </Panel>
          {Object.keys(one.body ?? {}).length > 0 ? (
            <Panel title={t('body')}>
              <pre className="source">{JSON.stringify(one.body, null, 2)}</pre>
            </Panel>
          ) : null}
        </Page>
      )}
    </Answer>
  )
}

/** "table 12 ab3f..", a line each. */
const sealsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
