import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Modal, Progress, Segmented, Select } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import {
  type CaseType,
  caseOpen,
  newKey,
  Problem,
  save,
  subjectDossier,
  subjectReport,
  useMay,
} from '../../api'
import { typesOfCases } from '../../api/queries'
import { type ZipFile, zip } from '../../domain/zip'
import { PlainTable, problemWords, StatusBadge } from '../../ui'
import type { Picked } from './Batch'
import { t as m } from './many.words'
import { t } from './subjects.words'
import { columnsToReport, type KindParts } from './useKindFields'

type What = 'case' | 'report' | 'dossier'

interface Filled {
  type?: string
  title?: string
  why?: string
  column?: string
  value?: string
  source?: string
}

/** How it went with one: undefined: its turn has not come. */
interface Went {
  good: boolean
  say: ReactNode
}

interface Props {
  kind: string
  parts: KindParts
  of: readonly Picked[]
  onClose: () => void
}

/** The same for many, one after the other, each an act of its own; each one's outcome is told. */
export function Many({ kind, parts, of, onClose }: Props) {
  const may = {
    case: useMay('case_open'),
    report: useMay('subject_report'),
    dossier: useMay('subject_dossier'),
  }
  const choices = (['case', 'report', 'dossier'] as const).filter((one) => may[one])
  const [what, setWhat] = useState<What>(choices[0] ?? 'dossier')
  const [form] = Form.useForm<Filled>()
  const { went, busy, go, stop } = useMany(kind, of)
  const left = of.filter((one) => !went.get(one.id)?.good)
  const begun = went.size > 0
  return (
    <Modal
      open
      width={640}
      title={m('manyOf', { n: of.length })}
      onCancel={onClose}
      mask={{ closable: !busy }}
      footer={[
        busy ? (
          <Button key="stop" onClick={stop}>
            {m('manyStop')}
          </Button>
        ) : (
          <Button key="close" onClick={onClose}>
            {m('close')}
          </Button>
        ),
        left.length > 0 ? (
          <Button
            key="go"
            type="primary"
            loading={busy}
            onClick={() => void form.validateFields().then((filled) => go(what, left, filled))}
          >
            {begun ? m('manyAgain', { n: left.length }) : m('manyGo', { n: left.length })}
          </Button>
        ) : null,
      ]}
    >
      <Segmented
        block
        aria-label={m('many')}
        disabled={begun}
        value={what}
        onChange={setWhat}
        options={choices.map((one) => ({ value: one, label: m(`many_${one}`) }))}
      />
      <Form<Filled> form={form} layout="vertical" disabled={busy} className="many-form">
        {what === 'case' ? <CaseFields kind={kind} /> : null}
        {what === 'report' ? <ReportFields parts={parts} /> : null}
        {what === 'dossier' ? <p className="quiet">{m('manyDossier')}</p> : null}
      </Form>
      {begun ? (
        <Progress
          percent={Math.floor((went.size / of.length) * 100)}
          status={[...went.values()].every((one) => one.good) ? 'success' : 'exception'}
          showInfo={false}
          aria-hidden
        />
      ) : null}
      <section className="many-went" aria-live="polite">
        <PlainTable
          label={m('manyOf', { n: of.length })}
          head={[m('manyWho'), m('manyWent')]}
          rows={of.map((one) => ({
            key: one.id,
            cells: [one.name, went.get(one.id)?.say ?? m('manyNotYet')],
          }))}
        />
      </section>
    </Modal>
  )
}

function CaseFields({ kind }: { kind: string }) {
  const answer = useQuery(typesOfCases)
  const types = (answer.data?.types ?? []).filter((one) => one.kind === kind && one.openable)
  return (
    <>
      <Form.Item name="type" label={m('caseType')} rules={[{ required: true, message: m('needType') }]}>
        <Select
          loading={answer.isPending}
          options={types.map((one) => ({ value: one.type, label: <TypeName of={one} /> }))}
          notFoundContent={m('noTypes')}
        />
      </Form.Item>
      <Form.Item name="title" label={m('caseTitle')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="why" label={m('caseWhy')}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}

const TypeName = ({ of }: { of: CaseType }) => (
  <>
    {of.type} <StatusBadge status={of.status} />
  </>
)

function ReportFields({ parts }: { parts: KindParts }) {
  return (
    <>
      <Form.Item name="column" label={t('field')} rules={[{ required: true, message: t('needField') }]}>
        <Select showSearch options={columnsToReport(parts).map((one) => ({ value: one, label: one }))} />
      </Form.Item>
      <Form.Item name="value" label={m('manyValue')} rules={[{ required: true, message: t('needValue') }]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="source"
        label={t('source')}
        extra={t('sourceTip')}
        rules={[{ required: true, message: t('needSource') }]}
      >
        <Input />
      </Form.Item>
    </>
  )
}

/** Goes through them; what was refused in passing is asked again, and done once by its key. */
function useMany(kind: string, of: readonly Picked[]) {
  const [went, setWent] = useState<ReadonlyMap<string, Went>>(new Map())
  const [busy, setBusy] = useState(false)
  const stopped = useRef(false)
  const keys = useRef(new Map(of.map((one) => [one.id, newKey()])))
  const files = useRef<ZipFile[]>([])
  const client = useQueryClient()
  const go = async (what: What, left: readonly Picked[], filled: Filled) => {
    setBusy(true)
    stopped.current = false
    for (const one of left) {
      if (stopped.current) break
      const how = await patiently(() => act(what, kind, one, filled, keys.current.get(one.id)!))
      // What was refused is another request when it is asked again.
      if (!how.good) keys.current.set(one.id, newKey())
      if (how.file) files.current.push(how.file)
      setWent((old) => new Map(old).set(one.id, how))
    }
    if (files.current.length > 0)
      save(zip(files.current, new Date()), `${m('manyFile', { n: files.current.length })}.zip`)
    if (what !== 'dossier')
      void client.invalidateQueries({ queryKey: [what === 'case' ? 'cases' : 'subjects'] })
    setBusy(false)
  }
  const stop = () => {
    stopped.current = true
  }
  return { went, busy, go, stop }
}

const TRIES = 5

async function patiently(act: () => Promise<Went & { file?: ZipFile }>): Promise<Went & { file?: ZipFile }> {
  for (let i = 1; ; i++)
    try {
      return await act()
    } catch (cause) {
      if (i === TRIES || !(cause instanceof Problem && cause.passing))
        return { good: false, say: <Bad cause={cause} /> }
      await new Promise((later) => setTimeout(later, 1000 * Math.max(cause.after, 1)))
    }
}

function Bad({ cause }: { cause: unknown }) {
  const { title, lines } = problemWords(cause)
  return (
    <span className="many-bad">
      {title} {lines.map((one) => `${one.text} ${one.fix}`).join(' ')}
    </span>
  )
}

async function act(
  what: What,
  kind: string,
  { id, name }: Picked,
  { type = '', title, why, column = '', value = '', source = '' }: Filled,
  key: string,
): Promise<Went & { file?: ZipFile }> {
  if (what === 'dossier') {
    const bytes = new Uint8Array(await (await subjectDossier({ kind, id })).arrayBuffer())
    return {
      good: true,
      say: m('manyFiled'),
      file: { name: `${name} ${id}.pdf`.replace(/[\\/:*?"<>|]/g, '_'), bytes },
    }
  }
  if (what === 'report') {
    await subjectReport({ kind, id }, { source, values: { [column]: value } }, { key })
    return { good: true, say: m('manyReported') }
  }
  const { number } = await caseOpen({ type, kind, id, title: title || null, why: why || null }, { key })
  return {
    good: true,
    say: (
      <Link to="/cases/$number" params={{ number: String(number) }}>
        {m('manyOpened', { n: number })}
      </Link>
    ),
  }
}
