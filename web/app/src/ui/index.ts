export { useAct } from './act'
export { text, whole } from './asked'
export { Chart, type ChartInk, type ChartProps } from './Chart'
export { catalogue, type Pair, pick } from './catalogue'
export { FormDialog } from './FormDialog'
export { type Column, List, ListPage, type ListSearch, listSearch } from './ListPage'
export type { NavRow, Section } from './nav'
export { type PlainRow, PlainTable } from './PlainTable'
export { Facts, Page, Panel } from './pages'
export { getPrefs, type Prefs, setPrefs, useMode, usePaper, usePhone, usePrefs } from './prefs'
export { type GoesBy, inside, outside, rootRoute, type Where } from './roots'
export {
  Answer,
  Boundary,
  Crashed,
  Failed,
  Loading,
  NoPermission,
  Nothing,
  ProblemLines,
  problemWords,
  Say,
} from './states'
export { Cell, Decimal, Delta, Grade, Moment, Money, StatusBadge } from './values'
