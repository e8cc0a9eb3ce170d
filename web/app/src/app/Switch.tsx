import { useQuery } from '@tanstack/react-query'
import { useMatches, useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { useMay, useMe } from '../api'
import { runs } from '../api/queries'
import { usePlaces } from '../ui/places'
import { t } from './app.words'

/** Which year, and whose: kept from screen to screen, and offered on those that go by it. */
export function Switch() {
  const navigate = useNavigate()
  const { year, at } = useSearch({ from: '__root__' })
  const me = useMe()
  const here = useMatches({ select: (all) => all.at(-1) })
  const by = here?.staticData.goesBy?.(here.search) ?? []
  const all = useMay('cockpit_kinds') && !me.locality
  const places = usePlaces()
  const { data } = useQuery(runs)
  const years = [...new Set((data?.runs ?? []).map((run) => run.period))].sort((a, b) => b - a)
  const set = (part: { year?: number | undefined; at?: string | undefined }) =>
    navigate({
      to: '.',
      search: (old) => ({ ...old, ...part, cursor: undefined, before: undefined, after: undefined }) as never,
    })
  return (
    <div className="switch">
      {by.includes('year') && years.length > 0 ? (
        <Select
          aria-label={t('year')}
          value={year ?? 0}
          onChange={(to) => set({ year: to || undefined })}
          options={[
            { value: 0, label: t('anyYear') },
            ...years.map((one) => ({ value: one, label: `${one}` })),
          ]}
        />
      ) : null}
      {by.includes('at') && all && places.length > 1 ? (
        <Select
          aria-label={t('place')}
          value={at ?? ''}
          onChange={(to) => set({ at: to || undefined })}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('anyPlace') },
            ...places.map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
      ) : null}
    </div>
  )
}
