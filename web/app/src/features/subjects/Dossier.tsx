import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type SubjectProfile, save, subjectDossier } from '../../api'
import { useAct } from '../../ui'
import { t } from './subjects.words'

/** The file as the server prints it: with its cut-off and the hash of the rules. */
export function Dossier({ subject: of }: { subject: SubjectProfile }) {
  const take = useAct(async () =>
    save(await subjectDossier({ kind: of.kind, id: of.identity }), `${of.name || of.identity}.pdf`),
  )
  return (
    <Button icon={<PrinterOutlined />} loading={take.busy} onClick={() => take.run(undefined)}>
      {t('dossier')}
    </Button>
  )
}
