import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import {
  type HookDeliveries as All,
  type HookDelivery,
  hookDeliveryList,
  hookReplay,
  useMay,
} from '../../api'
import { ListPage, Moment, pick, useAct } from '../../ui'
import { t } from './admin.words'

const route = getRouteApi('/inside/webhooks/$hook')

/** What one webhook was told, and whether it arrived. */
export function Deliveries() {
  const hook = Number(route.useParams().hook)
  const { before } = route.useSearch()
  const go = route.useNavigate()
  const mayReplay = useMay('hook_replay')
  const answer = useQuery({
    queryKey: ['webhooks', hook, before],
    queryFn: ({ signal }) => hookDeliveryList({ hook, before: before ?? null }, { signal }),
  })
  const replay = useAct((act: number) => hookReplay({ hook, act }), { refresh: [['webhooks', hook]] })
  return (
    <ListPage<HookDelivery, All>
      page={{
        title: t('deliveries'),
        help: 'admin#operation',
        aside: <Link to="/webhooks">{t('hooks')}</Link>,
      }}
      of={answer}
      rows={(data) => data.deliveries}
      rowKey={(one) => one.id}
      nothing={t('noDeliveries')}
      next={(data) => (data.next == null ? null : String(data.next))}
      cursor={before === undefined ? undefined : String(before)}
      onCursor={(next) => go({ search: { before: next === undefined ? undefined : Number(next) } })}
      columns={[
        { key: 'act', title: t('act'), figure: true, width: 90, show: (one) => one.act },
        { key: 'verb', title: t('verb'), width: 160, show: (one) => <code>{one.verb}</code> },
        { key: 'state', title: t('state'), width: 110, show: (one) => t(one.state) },
        { key: 'tries', title: t('tries'), figure: true, width: 100, show: (one) => one.tries },
        { key: 'at', title: t('lastTry'), width: 150, show: (one) => <Moment at={one.at} /> },
        {
          key: 'answer',
          title: t('answer'),
          width: 260,
          show: (one) => `${one.status || '—'} ${pick([one.message, one.message_en])}`,
        },
        ...(mayReplay
          ? [
              {
                key: 'replay',
                title: '',
                width: 110,
                show: (one: HookDelivery) => (
                  <Button size="small" loading={replay.busy} onClick={() => replay.run(one.act)}>
                    {t('replay')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
