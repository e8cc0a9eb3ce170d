import { useSyncExternalStore } from 'react'

/** How this browser shows things; kept in it, and of nobody's else concern. */
export interface Prefs {
  lang: 'zh' | 'en'
  mode: 'auto' | 'light' | 'dark'
  /** Text in percent: 125 and more are for those who need it larger. */
  text: 100 | 125 | 150 | 175
  dense: boolean
}

const KEY = 'geci.prefs'
const FIRST: Prefs = { lang: 'zh', mode: 'auto', text: 100, dense: false }

function read(): Prefs {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return FIRST
  }
}

let prefs = read()
const told = new Set<() => void>()

export const getPrefs = (): Prefs => prefs

export function setPrefs(some: Partial<Prefs>): void {
  prefs = { ...prefs, ...some }
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs))
  } catch {
    // A browser that keeps nothing still shows things as asked, until it is closed.
  }
  for (const tell of told) tell()
}

const listen = (tell: () => void) => {
  told.add(tell)
  return () => void told.delete(tell)
}

export const usePrefs = (): Prefs => useSyncExternalStore(listen, getPrefs)

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const listenDark = (tell: () => void) => {
  dark.addEventListener('change', tell)
  return () => dark.removeEventListener('change', tell)
}

const paper = window.matchMedia('print')
let printing = false
const listenPaper = (tell: () => void) => {
  const set = (to: boolean) => () => {
    printing = to
    tell()
  }
  const heard = [
    [paper, 'change', tell],
    [window, 'beforeprint', set(true)],
    [window, 'afterprint', set(false)],
  ] as const
  for (const [target, event, hear] of heard) target.addEventListener(event, hear)
  return () => {
    for (const [target, event, hear] of heard) target.removeEventListener(event, hear)
  }
}

/** It is being put on paper: dark ink on white, tables whole. */
export const usePaper = (): boolean => useSyncExternalStore(listenPaper, () => printing || paper.matches)

export function useMode(): 'light' | 'dark' {
  const onPaper = usePaper()
  const system = useSyncExternalStore(listenDark, () => dark.matches)
  const { mode } = usePrefs()
  if (onPaper) return 'light'
  return mode === 'auto' ? (system ? 'dark' : 'light') : mode
}

const phone = window.matchMedia('(max-width: 767px)')
const listenPhone = (tell: () => void) => {
  phone.addEventListener('change', tell)
  return () => phone.removeEventListener('change', tell)
}

/** Narrow: cards instead of tables, a drawer instead of a column of menus. */
export const usePhone = (): boolean => useSyncExternalStore(listenPhone, () => phone.matches)
