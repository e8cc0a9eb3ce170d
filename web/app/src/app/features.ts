/** Every feature: one line in each list. A feature's own folder has all the rest. */

import { adminNav } from '../features/admin/nav'
import { adminRoutes } from '../features/admin/routes'
import { auditNav } from '../features/audit/nav'
import { auditRoutes } from '../features/audit/routes'
import { casesNav } from '../features/cases/nav'
import { casesRoutes } from '../features/cases/routes'
import { checksNav } from '../features/checks/nav'
import { checksRoutes } from '../features/checks/routes'
import { cockpitNav } from '../features/cockpit/nav'
import { cockpitRoutes, screenRoutes } from '../features/cockpit/routes'
import { codesNav } from '../features/codes/nav'
import { codesRoutes } from '../features/codes/routes'
import { dataNav } from '../features/data/nav'
import { dataRoutes } from '../features/data/routes'
import { deskNav } from '../features/desk/nav'
import { deskRoutes } from '../features/desk/routes'
import { explainRoutes } from '../features/explain/routes'
import { gradingNav } from '../features/grading/nav'
import { gradingRoutes } from '../features/grading/routes'
import { helpRoutes, publicHelpRoutes } from '../features/help/routes'
import { jobsNav } from '../features/jobs/nav'
import { jobsRoutes } from '../features/jobs/routes'
import { ledgerNav } from '../features/ledger/nav'
import { ledgerRoutes } from '../features/ledger/routes'
import { lineageNav } from '../features/lineage/nav'
import { lineageRoutes } from '../features/lineage/routes'
import { needsNav } from '../features/needs/nav'
import { needsRoutes } from '../features/needs/routes'
import { noticesRoutes } from '../features/notices/routes'
import { policyNav } from '../features/policy/nav'
import { policyRoutes, publicPolicyRoutes } from '../features/policy/routes'
import { publicNav } from '../features/public/nav'
import { boardRoutes, publicRoutes } from '../features/public/routes'
import { subjectsNav } from '../features/subjects/nav'
import { subjectsRoutes } from '../features/subjects/routes'
import { twinsNav } from '../features/twins/nav'
import { twinsRoutes } from '../features/twins/routes'
import type { NavRow } from '../ui'
import { inside } from '../ui'

/** What is static in the menu; `useNav` adds the kinds of subjects. */
export const NAV: readonly NavRow[] = [
  ...deskNav,
  ...subjectsNav,
  ...cockpitNav,
  ...gradingNav,
  ...ledgerNav,
  ...policyNav,
  ...casesNav,
  ...needsNav,
  ...publicNav,
  ...checksNav,
  ...dataNav,
  ...twinsNav,
  ...codesNav,
  ...lineageNav,
  ...jobsNav,
  ...auditNav,
  ...adminNav,
]

export const insideRoutes = inside.addChildren([
  ...deskRoutes,
  ...noticesRoutes,
  ...subjectsRoutes,
  ...cockpitRoutes,
  ...gradingRoutes,
  ...ledgerRoutes,
  ...policyRoutes,
  ...casesRoutes,
  ...needsRoutes,
  ...boardRoutes,
  ...checksRoutes,
  ...dataRoutes,
  ...twinsRoutes,
  ...codesRoutes,
  ...lineageRoutes,
  ...jobsRoutes,
  ...auditRoutes,
  ...adminRoutes,
  ...explainRoutes,
  ...helpRoutes,
])

/** Screens for anybody, without the shell. */
export const outsideRoutes = [
  ...screenRoutes,
  ...publicRoutes,
  ...publicPolicyRoutes,
  ...publicHelpRoutes,
] as const
