import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay } from '../../api'
import { Export } from './Export'
import { Many } from './Many'
import { t as m } from './many.words'
import { t } from './subjects.words'
import type { KindParts } from './useKindFields'

/** One that was picked in a list, with its name as it stood there. */
export interface Picked {
  id: string
  name: string
}

/** What can be done with those that are picked. */
export function Batch({
  kind,
  title,
  parts,
  picked,
  columns,
}: {
  kind: string
  title: string
  parts: KindParts
  picked: readonly Picked[]
  columns: readonly string[]
}) {
  const navigate = useNavigate()
  const [many, setMany] = useState<readonly Picked[]>()
  const may = [useMay('case_open'), useMay('subject_report'), useMay('subject_dossier')].includes(true)
  const id = parts.role('id')
  const ids = picked.map((one) => one.id)
  return id ? (
    <>
      <Button
        disabled={ids.length < 2 || ids.length > 4}
        onClick={() => void navigate({ to: '/compare/$kind', params: { kind }, search: { ids } })}
      >
        {t('compareThese')}
      </Button>
      <Export
        kind={kind}
        title={title}
        label={t('exportThese')}
        ask={{ terms: [{ field: id.name, op: 'in', values: ids }], fields: [...columns] }}
        total={ids.length}
      />
      {may ? <Button onClick={() => setMany(picked)}>{m('many')}</Button> : null}
      {many ? <Many kind={kind} parts={parts} of={many} onClose={() => setMany(undefined)} /> : null}
    </>
  ) : null
}
