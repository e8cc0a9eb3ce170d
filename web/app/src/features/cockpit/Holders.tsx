import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type CockpitHolder, type CockpitHolders, cockpitHolders } from '../../api'
import { type Column, Decimal, ListPage, Money } from '../../ui'
import { t } from './cockpit.words'
import { money } from './queries'

const route = getRouteApi('/inside/cockpit/holders')

/** The subjects behind a figure of points and money; each opens to its own statement. */
export function Holders() {
  const { of, locality, paid, after } = route.useSearch()
  const go = route.useNavigate()
  const places = useQuery(money)
  const answer = useQuery({
    queryKey: ['cockpit', 'holders', of, locality, paid, after],
    queryFn: ({ signal }) =>
      cockpitHolders(
        { year: of ?? null, locality: locality ?? null, paid: paid ?? null, after: after ?? null },
        { signal },
      ),
  })
  const place = places.data?.localities.find((one) => one.locality === locality)?.name ?? locality
  const narrowed = [of, place, paid ? t('payees') : undefined].filter(Boolean)
  return (
    <ListPage<CockpitHolder, CockpitHolders>
      page={{
        title: t('holders'),
        help: 'cockpit',
        aside: narrowed.map((one) => <Tag key={one}>{one}</Tag>),
        actions: <Link to="/cockpit">{t('title')}</Link>,
      }}
      of={answer}
      rows={(data) => data.holders}
      rowKey={(one) => one.identity}
      nothing={t('noHolders')}
      onClear={narrowed.length > 0 ? () => void go({ search: () => ({}) }) : undefined}
      count={(data) => t('counted', { n: data.total })}
      next={(data) => data.next}
      cursor={after}
      onCursor={(next) => void go({ search: (was) => ({ ...was, after: next }) })}
      columns={[
        {
          key: 'name',
          title: t('subject'),
          width: 300,
          show: (one) => (
            <Link
              to="/subjects/$kind/$id"
              params={{ kind: one.kind, id: one.identity }}
              search={{ tab: 'money' }}
            >
              {one.name || one.identity}
            </Link>
          ),
        },
        ...POINTS.map(
          (key): Column<CockpitHolder> => ({
            key,
            title: t(key),
            figure: true,
            width: 130,
            show: (one) => <Decimal value={one[key]} />,
          }),
        ),
        ...YUAN.map(
          (key): Column<CockpitHolder> => ({
            key,
            title: t(key),
            figure: true,
            width: 150,
            show: (one) => <Money yuan={one[key]} />,
          }),
        ),
      ]}
    />
  )
}

const POINTS = ['issued', 'held', 'spent', 'expired'] as const
const YUAN = ['paid', 'reclaimed'] as const
