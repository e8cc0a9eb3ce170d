import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { useMay, useMe } from '../api'
import { runs } from '../api/queries'
import { usePlaces } from '../ui/places'
import { t } from './app.words'

/** Which year, and whose: kept from screen to screen. */
export function Switch() {
  const navigate = useNavigate()
  const { year, at } = useSearch({ from: '__root__' })
  const me = useMe()
  const all = useMay('cockpit_kinds') && !me.locality
  const places = usePlaces()
  const { data } = useQuery(runs)
  const years = [...new Set((data?.runs ?? []).map((run) => run.period))].sort((a, b) => b - a)
  const set = (part: { year?: number | undefined; at?: string | undefined }) =>
    navigate({ to: '.', search: (old) => ({ ...old, ...part, cursor: undefined }) as never })
  return (
    <div className="switch">
      {years.length > 0 ? (
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
      {all && places.length > 1 ? (
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
