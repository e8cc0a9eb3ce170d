import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { type ExportAsk, exportNew, useMay } from '../../api'
import { problemWords } from '../../ui'
import { JobDialog } from '../../ui/Job'
import { t } from './subjects.words'

/** The whole answer to a question as a file, made by a job. */
export function Export({
  kind,
  title,
  ask,
  total,
  label = t('export'),
}: {
  kind: string
  title: string
  ask: Omit<ExportAsk, 'form'>
  total: number | undefined
  label?: string
}) {
  const [job, setJob] = useState<number>()
  const { message } = App.useApp()
  const may = useMay('export_new')
  if (!may) return null
  const begin = async (form: ExportAsk['form']) => {
    try {
      setJob((await exportNew({ kind }, { ...ask, form })).job)
    } catch (cause) {
      message.error(problemWords(cause).title)
    }
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'n', disabled: true, label: t('exportAll', { n: total ?? '…' }) },
            { key: 'xlsx', label: t('exportXlsx') },
            { key: 'csv', label: t('exportCsv') },
            { key: 'jsonl', label: t('exportJsonl') },
          ],
          onClick: ({ key }) => void begin(key as ExportAsk['form']),
        }}
      >
        <Button icon={<DownloadOutlined />} disabled={!total}>
          {label}
        </Button>
      </Dropdown>
      <JobDialog job={job} title={t('exporting', { title })} onClose={() => setJob(undefined)} />
    </>
  )
}
