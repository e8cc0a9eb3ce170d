import { useQuery } from '@tanstack/react-query'
import { mayUse, useMe } from '../api'
import { kinds } from '../api/queries'
import type { NavRow } from '../ui'
import { kindIcon } from '../ui/kinds'
import { NAV } from './features'

/** The menu of the one who is here: what they may use, and a list for each kind they see. */
export function useNav(): readonly NavRow[] {
  const me = useMe()
  const { data } = useQuery(kinds)
  const seen = data?.kinds.filter((kind) => kind.seen) ?? []
  const own: NavRow[] = seen.map((kind) => ({
    section: 'subjects',
    label: () => kind.title,
    link: { to: '/subjects/$kind', params: { kind: kind.kind } },
    icon: kindIcon(kind.kind),
    needs: ['subject_list'],
  }))
  return [...NAV, ...own].filter((row) => mayUse(me, ...row.needs))
}
