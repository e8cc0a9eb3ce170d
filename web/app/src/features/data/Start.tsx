import './data.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, InputNumber, Select } from 'antd'
import { useRef, useState } from 'react'
import { type ImportFile, importEnd, importList, importNew, kindTemplate, save } from '../../api'
import { kinds } from '../../api/queries'
import { Answer, Failed, Moment, Page, Panel, useAct } from '../../ui'
import { NoKinds } from '../../ui/NoKinds'
import { t } from './data.words'
import { Way } from './Way'

const route = getRouteApi('/inside/import')

/** The first step: whose facts, and the file. */
export function Start() {
  const { kind } = route.useSearch()
  const go = route.useNavigate()
  const all = useQuery(kinds)
  const send = useMutation({
    mutationFn: (file: File) => importNew({ kind: kind!, name: file.name }, file),
    onSuccess: (made) => void go({ to: '/import/$number', params: { number: String(made.import) } }),
  })
  return (
    <Page title={t('import')} help="officer#import">
      <Way at={0} />
      <Panel title={t('whose')}>
        <Select
          aria-label={t('whose')}
          className="import-kind"
          loading={all.isPending}
          value={kind ?? null}
          placeholder={t('choose')}
          options={(all.data?.kinds ?? []).map((one) => ({ value: one.kind, label: one.title }))}
          onChange={(next) => go({ search: (was) => ({ ...was, kind: next ?? undefined }) })}
        />
        {kind ? <Template kind={kind} /> : null}
        {all.data?.kinds.length === 0 ? <NoKinds /> : null}
      </Panel>
      {kind ? <Drop busy={send.isPending} name={send.variables?.name ?? ''} onFile={send.mutate} /> : null}
      {send.error ? <Failed cause={send.error} /> : null}
      <Earlier />
    </Page>
  )
}

function Template({ kind }: { kind: string }) {
  const [period, setPeriod] = useState<number | null>(null)
  const take = useAct(async () =>
    save(await kindTemplate({ kind, period, form: 'xlsx' }), `${kind}${period ?? ''}.xlsx`),
  )
  return (
    <div className="import-template">
      <p className="quiet">{t('templateNote')}</p>
      <InputNumber
        aria-label={t('period')}
        placeholder={t('period')}
        min={2000}
        max={2200}
        precision={0}
        value={period}
        onChange={setPeriod}
      />
      <Button loading={take.busy} onClick={() => take.run(undefined)}>
        {t('template')}
      </Button>
    </div>
  )
}

function Drop({ busy, name, onFile }: { busy: boolean; name: string; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const give = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <>
      <button
        type="button"
        className={over ? 'import-drop import-over' : 'import-drop'}
        disabled={busy}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          give(event.dataTransfer.files)
        }}
      >
        <b>{busy ? t('uploading', { name }) : t('drop')}</b>
        <span>{t('kinds')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xlsm,.xls,.csv,.txt"
        aria-label={t('drop')}
        onChange={(event) => {
          give(event.target.files)
          event.target.value = '' // the same file may be chosen again
        }}
      />
    </>
  )
}

function Earlier() {
  const answer = useQuery({ queryKey: ['imports'], queryFn: ({ signal }) => importList({ signal }) })
  const end = useAct((one: ImportFile) => importEnd({ import: one.import }), { refresh: [['imports']] })
  if (answer.data?.imports.length === 0) return null
  return (
    <Panel title={t('earlier')}>
      <Answer of={answer} rows={2}>
        {(data) => (
          <ul className="import-earlier">
            {data.imports.map((one) => (
              <li key={one.import}>
                <span>
                  {one.name} <span className="quiet">{one.kind}</span> <Moment at={one.at} />
                </span>
                <span>
                  <Link to="/import/$number" params={{ number: String(one.import) }}>
                    {t('goOn')}
                  </Link>{' '}
                  <Button size="small" loading={end.busy} onClick={() => end.run(one)}>
                    {t('forget')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  )
}
