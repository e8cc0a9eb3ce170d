import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { type Act, type Acts, actList } from '../../api'
import { ListPage, Moment } from '../../ui'
import { t } from './audit.words'
import type { ActSearch } from './routes'
import { objectName, verbName, verbs } from './verbs.words'

const route = getRouteApi('/inside/acts')

export function ActList() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const { actor, verb, object, since, until, before } = search
  const answer = useQuery({
    queryKey: ['acts', actor, verb, object, since, until, before],
    queryFn: ({ signal }) =>
      actList(
        {
          actor: actor ?? null,
          verb: verb ?? null,
          object: object ?? null,
          since: since ?? null,
          until: until ?? null,
          before: before ?? Number.MAX_SAFE_INTEGER, // the newest first
        },
        { signal },
      ),
  })
  const ask = (asked: ActSearch) => go({ search: (was) => ({ ...was, before: undefined, ...asked }) })
  const field = (key: 'actor' | 'object') => (
    <Input.Search
      allowClear
      aria-label={t(key)}
      placeholder={t(key)}
      defaultValue={search[key] ?? ''}
      onSearch={(text) => ask({ [key]: text || undefined })}
    />
  )
  const day = (key: 'since' | 'until') => (
    <Input
      type="date"
      aria-label={t(key)}
      value={search[key] ?? ''}
      onChange={(event) => ask({ [key]: event.target.value || undefined })}
    />
  )
  return (
    <ListPage<Act, Acts>
      page={{ title: t('acts'), help: 'auditor#acts', actions: <Link to="/acts/verify">{t('verify')}</Link> }}
      filters={
        <>
          {field('actor')}
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('verb')}
            placeholder={t('verb')}
            popupMatchSelectWidth={false}
            value={verb ?? null}
            options={verbs.map((value) => ({ value, label: `${verbName(value)} ${value}` }))}
            onChange={(next?: string) => ask({ verb: next ?? undefined })}
          />
          {field('object')}
          {day('since')}
          {day('until')}
        </>
      }
      of={answer}
      rows={(data) => data.acts}
      rowKey={(one) => String(one.act)}
      nothing={t('noActs')}
      onClear={actor || verb || object || since || until ? () => go({ search: {} }) : undefined}
      next={(data) => (data.next == null ? null : String(data.next))}
      cursor={before === undefined ? undefined : String(before)}
      onCursor={(next) =>
        go({ search: (was) => ({ ...was, before: next === undefined ? undefined : Number(next) }) })
      }
      columns={[
        {
          key: 'act',
          title: t('number'),
          figure: true,
          width: 90,
          show: (one) => (
            <Link to="/acts/$act" params={{ act: String(one.act) }}>
              {one.act}
            </Link>
          ),
        },
        { key: 'at', title: t('at'), width: 160, show: (one) => <Moment at={one.at} /> },
        { key: 'actor', title: t('actor'), width: 150, show: (one) => one.actor },
        {
          key: 'verb',
          title: t('verb'),
          width: 180,
          show: (one) => <span title={one.verb}>{verbName(one.verb)}</span>,
        },
        {
          key: 'object',
          title: t('object'),
          width: 240,
          show: (one) => <span title={one.object}>{objectName(one.object)}</span>,
        },
        {
          key: 'hash',
          title: t('hash'),
          width: 140,
          show: (one) => <code className="hash">{one.hash.slice(0, 12)}…</code>,
        },
      ]}
    />
  )
}
