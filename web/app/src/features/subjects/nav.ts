import type { NavRow } from '../../ui'

/** A row for each kind of subjects comes from the server's list of kinds (app/useNav). */
export const subjectsNav: readonly NavRow[] = []
