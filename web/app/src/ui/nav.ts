import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RouteName } from '../api'

export type Section = 'home' | 'subjects' | 'grading' | 'policy' | 'data' | 'cockpit' | 'admin'

/** A row of the menu; also in the command palette, and after `g` its letter goes there. */
export interface NavRow {
  section: Section
  label: () => string
  link: Pick<LinkProps, 'to' | 'params' | 'search'>
  icon?: ReactNode
  letter?: string
  /** Shown to those who may use all of these. */
  needs: readonly RouteName[]
}
