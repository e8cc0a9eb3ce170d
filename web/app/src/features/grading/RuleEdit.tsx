import './grading.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useBlocker } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { ruleDraft, useMay } from '../../api'
import { Answer, Page, Panel, StatusBadge, useAct } from '../../ui'
import { Lines } from './Changes'
import { Editor, type EditorHandle } from './Editor'
import { t } from './grading.words'
import { DraftImpact } from './Impact'
import { Problems } from './Problems'
import { checked, rule } from './queries'
import { Reader } from './Reader'

const route = getRouteApi('/inside/rules/new')
const PAUSE_MS = 350

/** A new draft: from the smallest one that works, or from a document that there is. */
export function RuleEdit() {
  const { from } = route.useSearch()
  const base = useQuery({ ...rule(from ?? 0), enabled: from !== undefined })
  if (from === undefined) return <Draft key="new" base={t('starter')} kind="" />
  return <Answer of={base}>{(one) => <Draft key={one.entry} base={one.text} kind={one.kind} />}</Answer>
}

function Draft({ base, kind }: { base: string; kind: string }) {
  const [text, setText] = useState(base)
  const paused = usePaused(text)
  const check = useQuery(checked(paused))
  const mayTry = useMay('rule_try')
  const editor = useRef<EditorHandle>(null)
  const go = route.useNavigate()
  const kept = useRef(false)
  const draft = useAct(() => ruleDraft({ text }), {
    done: t('draftKept'),
    refresh: [['rules']],
    after: ({ entry }) => {
      kept.current = true
      void go({ to: '/rules/$entry', params: { entry: String(entry) } })
    },
  })
  useBlocker({
    shouldBlockFn: () => text !== base && !kept.current && !window.confirm(t('unsaved')),
    enableBeforeUnload: () => text !== base && !kept.current,
  })
  const current = paused === text && !check.isPlaceholderData
  const read = useDeferredValue(paused)
  return (
    <Page
      title={check.data?.name || t('newRules')}
      help="author#write"
      aside={check.data ? <StatusBadge status={check.data.status} /> : null}
      actions={
        <Button
          type="primary"
          loading={draft.busy}
          disabled={!current || !check.data?.sound}
          title={check.data?.sound ? undefined : t('mustBeSound')}
          onClick={() => draft.run(undefined)}
        >
          {t('draft')}
        </Button>
      }
    >
      <div className="bench">
        <Panel title={t('editor')} extra={<span className="quiet">{t('editorNote')}</span>}>
          <Editor ref={editor} text={base} problems={check.data?.problems ?? []} onChange={setText} />
        </Panel>
        <Tabs
          items={[
            {
              key: 'problems',
              label: t('problems'),
              children: (
                <Answer of={check} rows={3}>
                  {(found) => <Problems of={found} onGo={(one) => editor.current?.show(one)} />}
                </Answer>
              ),
            },
            { key: 'read', label: t('read'), children: <Reader text={read} /> },
            ...(mayTry && check.data
              ? [
                  {
                    key: 'impact',
                    label: t('impact'),
                    children: <DraftImpact text={paused} kind={kind} sound={current && check.data.sound} />,
                  },
                ]
              : []),
            ...(base
              ? [{ key: 'changes', label: t('changes'), children: <Lines before={base} after={read} /> }]
              : []),
          ]}
        />
      </div>
    </Page>
  )
}

/** A text once typing pauses. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
