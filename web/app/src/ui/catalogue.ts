import { getPrefs } from './prefs'

/** What is shown, in Chinese and in English, side by side: neither can be forgotten. */
export type Pair = readonly [zh: string, en: string]

export const pick = (pair: Pair): string => pair[getPrefs().lang === 'zh' ? 0 : 1]

/**
 * The words of a feature: `export const t = catalogue({ title: ['…', 'Title'] })`, then `t('title')`.
 * `{n}` in a text stands for a value: `t('found', { n: 3 })`. All is drawn anew when the language
 * changes, so `t` may be called anywhere.
 */
export function catalogue<const W extends Record<string, Pair>>(words: W) {
  return (key: keyof W & string, values?: Record<string, string | number>): string => {
    const text = pick(words[key]!)
    return values ? text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all)) : text
  }
}
