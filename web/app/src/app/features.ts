/** Every feature: one line in each list. A feature's own folder has all the rest. */
import { deskNav } from '../features/desk/nav'
import { deskRoutes } from '../features/desk/routes'
import { helpRoutes } from '../features/help/routes'
import { subjectsNav } from '../features/subjects/nav'
import { subjectsRoutes } from '../features/subjects/routes'
import type { NavRow } from '../ui'
import { inside } from '../ui'

/** What is static in the menu; `useNav` adds the kinds of subjects. */
export const NAV: readonly NavRow[] = [...deskNav, ...subjectsNav]

export const insideRoutes = inside.addChildren([...deskRoutes, ...subjectsRoutes, ...helpRoutes])
