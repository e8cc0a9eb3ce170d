import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Select, Tag } from 'antd'
import { type Right, rightList, useMe } from '../../api'
import { Answer, Page, Panel, PlainTable, pick } from '../../ui'
import { ROLES, roleWord } from '../../ui/roles.words'
import { t } from './admin.words'

const route = getRouteApi('/inside/rights')
const ANYBODY = 'public'

/** What a role may see and do, by what it is about: the server's own table. */
export function Rights() {
  const me = useMe()
  const { role = me.roles[0] ?? ANYBODY } = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery({
    queryKey: ['rights'],
    queryFn: ({ signal }) => rightList({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const has = (one: Right) => one.roles.includes(role) || one.roles.includes(ANYBODY)
  return (
    <Page title={t('rights')} help="admin#roles">
      <p className="quiet">{t('rightsNote')}</p>
      <div className="filters">
        <Select
          aria-label={t('role')}
          value={role}
          options={[ANYBODY, ...ROLES].map((value) => ({
            value,
            label: value === ANYBODY ? t('anybody') : roleWord(value),
          }))}
          onChange={(to: string) => go({ search: { role: to } })}
        />
      </div>
      <Answer of={answer}>{(data) => <Told of={data.rights.filter(has)} />}</Answer>
    </Page>
  )
}

function Told({ of }: { of: readonly Right[] }) {
  const nouns = [...new Set(of.map((one) => one.noun))]
  return nouns.map((noun) => {
    const all = of.filter((one) => one.noun === noun)
    const does = all.filter((one) => one.changes).length
    return (
      <Panel
        key={noun}
        title={pick([noun, all[0]!.noun_en])}
        extra={<span className="quiet">{t('counts', { looks: all.length - does, does })}</span>}
      >
        <PlainTable
          named
          label={pick([noun, all[0]!.noun_en])}
          head={[t('what'), '', t('ofWhom')]}
          rows={all.map((one) => ({
            key: one.route,
            cells: [
              pick([one.title, one.title_en]),
              <span key="d">
                <Tag>{t(one.changes ? 'does' : 'looks')}</Tag>
                {one.confirm ? <Tag>{t('again')}</Tag> : null}
              </span>,
              t(`rows_${one.rows}`),
            ],
          }))}
        />
      </Panel>
    )
  })
}
