import './grading.css'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { RuleProblem } from '../../api'
import { offsetsOf, tableOf } from '../../domain/document'
import { pick, useMode } from '../../ui'
import { t } from './grading.words'

export interface EditorHandle {
  /** Puts the cursor at a problem and shows it. */
  show: (one: RuleProblem) => void
}

/**
 * The text of a rule document with its problems marked. It lives in a shadow root: there its sheets
 * are adopted, which the page's policy allows, where a style element would be refused.
 */
export function Editor({
  text,
  problems,
  onChange,
  ref,
}: {
  text: string
  problems: readonly RuleProblem[]
  onChange: (text: string) => void
  ref: Ref<EditorHandle>
}) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useRef(onChange)
  const first = useRef(text)
  const dark = useMode() === 'dark'
  changed.current = onChange
  useEffect(() => {
    const shadow = box.current!.shadowRoot ?? box.current!.attachShadow({ mode: 'open' })
    view.current = new EditorView({
      parent: shadow,
      root: shadow,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          history(),
          lintGutter(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          EditorView.lineWrapping,
          EditorView.domEventHandlers({ paste }),
          EditorView.contentAttributes.of({ 'aria-label': t('editor'), tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              first.current = update.state.doc.toString()
              changed.current(first.current)
            }
          }),
          EditorView.theme(LOOK, { dark }),
        ],
      }),
    })
    return () => view.current?.destroy()
  }, [dark])
  useEffect(() => {
    const state = view.current?.state
    if (!state) return
    const at = offsetsOf(state.doc.toString())
    const end = state.doc.length
    view.current?.dispatch(
      setDiagnostics(
        state,
        problems.map((one) => ({
          from: Math.min(at(one.begin), end),
          to: Math.min(at(one.end), end),
          severity: one.severity === 'error' ? 'error' : one.severity === 'warning' ? 'warning' : 'info',
          message: `${pick([one.message, one.message_en])} ${pick([one.fix, one.fix_en])}`,
          source: one.code,
        })),
      ),
    )
  }, [problems])
  useImperativeHandle(ref, () => ({
    show: (one) => {
      const editor = view.current
      if (!editor) return
      const at = Math.min(offsetsOf(editor.state.doc.toString())(one.begin), editor.state.doc.length)
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
      editor.focus()
    },
  }))
  return <div ref={box} className="editor" />
}

/** Cells out of a spreadsheet become a table of the document. */
function paste(event: ClipboardEvent, view: EditorView): boolean {
  const table = tableOf(event.clipboardData?.getData('text/plain') ?? '')
  if (table === undefined) return false
  event.preventDefault()
  view.dispatch(view.state.replaceSelection(table), { userEvent: 'input.paste' })
  return true
}

const LOOK = {
  '&': {
    height: '100%',
    fontSize: '13px',
    backgroundColor: 'var(--ant-color-bg-container)',
    color: 'var(--ant-color-text)',
  },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Noto Sans Mono CJK SC", monospace', lineHeight: '1.7' },
  '.cm-gutters': {
    backgroundColor: 'var(--ant-color-fill-quaternary)',
    color: 'var(--ant-color-text-secondary)',
    border: 'none',
  },
  '.cm-activeLine': { backgroundColor: 'var(--ant-color-fill-quaternary)' },
  '.cm-content': { caretColor: 'var(--ant-color-text)' },
  '.cm-tooltip': { backgroundColor: 'var(--ant-color-bg-elevated)', color: 'var(--ant-color-text)' },
}
