import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { runCompute, signOut, useMay } from '../api'
import { kinds, runs, typesOfCases } from '../api/queries'
import { setPrefs, useAct, useMode, usePrefs } from '../ui'
import { ALSO, t } from './commands.words'

export interface Command {
  name: string
  /** Other words that find it. */
  also: string
  go: () => unknown
}

type Word = keyof typeof ALSO & Parameters<typeof t>[0]

const command = (word: Word, go: () => unknown, values?: Record<string, string>): Command => ({
  name: t(word, values),
  also: ALSO[word] ?? '',
  go,
})

/** What the one who is here may have done, without going to its screen first. */
export function useCommands(): readonly Command[] {
  return [...useWork(), ...useLooks()]
}

/** New cases, data, rules and runs, by right. */
function useWork(): Command[] {
  const navigate = useNavigate()
  const may = {
    open: useMay('case_types', 'case_open'),
    import: useMay('import_new'),
    draft: useMay('rule_draft'),
    run: useMay('run_new', 'rule_list'),
    compute: useMay('run_compute'),
    keep: useMay('view_add'),
  }
  const cases = useQuery({ ...typesOfCases, enabled: may.open })
  const book = useQuery(runs)
  const known = useQuery(kinds)
  const compute = useAct((run: number) => runCompute({ run }), {
    done: t('runComputing'),
    refresh: [['runs'], ['subjects']],
  })
  const openable = may.open ? (cases.data?.types ?? []).filter((one) => one.openable) : []
  const drafts = may.compute ? (book.data?.runs ?? []).filter((one) => one.state === 'draft') : []
  const kept = may.keep ? (known.data?.kinds ?? []).filter((one) => one.seen) : []
  return [
    ...openable.map((one) =>
      command('caseNew', () => navigate({ to: '/cases', search: { open: `${one.type} ${one.kind}` } }), {
        type: openable.some((other) => other !== one && other.type === one.type)
          ? `${one.type} · ${one.kind}`
          : one.type,
      }),
    ),
    ...(may.import ? [command('import', () => navigate({ to: '/import' }))] : []),
    ...(may.draft ? [command('ruleNew', () => navigate({ to: '/rules/new' }))] : []),
    ...(may.run ? [command('runNew', () => navigate({ to: '/runs', search: { draft: true } }))] : []),
    ...drafts.map((one) =>
      command(
        'runCompute',
        async () => {
          await navigate({ to: '/runs/$run', params: { run: String(one.run) } })
          compute.run(one.run)
        },
        { title: one.title },
      ),
    ),
    ...kept.map((one) =>
      command(
        'queryNew',
        () => navigate({ to: '/subjects/$kind', params: { kind: one.kind }, hash: 'views' }),
        { kind: one.title },
      ),
    ),
  ]
}

/** How the page looks, paper, help, and leaving. */
function useLooks(): Command[] {
  const navigate = useNavigate()
  const prefs = usePrefs()
  const dark = useMode() === 'dark'
  const help = document.querySelector<HTMLElement>('.page-help')
  return [
    ...(help ? [command('help', () => help.click())] : []),
    command('notices', () => navigate({ to: '/notices' })),
    command('print', () => setTimeout(() => window.print())),
    command(dark ? 'light' : 'dark', () => setPrefs({ mode: dark ? 'light' : 'dark' })),
    command(prefs.text > 100 ? 'plainText' : 'elder', () => setPrefs({ text: prefs.text > 100 ? 100 : 175 })),
    command('otherLanguage', () => setPrefs({ lang: prefs.lang === 'zh' ? 'en' : 'zh' })),
    command('signOut', () => signOut().finally(() => navigate({ to: '/login', search: {} }))),
  ]
}
