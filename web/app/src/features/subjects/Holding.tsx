import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Held, SubjectProfile } from '../../api'
import { inWords } from '../../domain/explanation'
import { Cell, Nothing, Panel } from '../../ui'
import { FactDrawer } from '../../ui/FactDrawer'
import { usePlaceName } from '../../ui/places'
import { t } from './subjects.words'

export { FactDrawer }

/** All that holds of a subject: fields down, years across; each value opens to where it is from. */
export function Holding({ subject }: { subject: SubjectProfile }) {
  const [words, setWords] = useState('')
  const [column, setColumn] = useState<string>()
  const held = subject.facts.filter((one) => one.run === 0 && one.field.includes(words.trim()))
  const plain = held.filter((one) => !one.column.includes('@'))
  const yearly = held.filter((one) => one.column.includes('@'))
  return (
    <div className="panels">
      <Panel
        wide
        title={t('facts')}
        extra={
          <Input
            allowClear
            value={words}
            placeholder={t('findField')}
            aria-label={t('findField')}
            onChange={(event) => setWords(event.target.value)}
          />
        }
      >
        {held.length === 0 ? <Nothing /> : null}
        {yearly.length > 0 ? <Years held={yearly} onOpen={setColumn} /> : null}
      </Panel>
      {plain.length > 0 ? (
        <Panel wide title={t('withoutYear')}>
          <dl className="facts">
            {plain.map((one) => (
              <div key={one.column}>
                <dt>{one.field}</dt>
                <dd>
                  <Value held={one} onOpen={setColumn} />
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      ) : null}
      <FactDrawer
        kind={subject.kind}
        id={subject.identity}
        column={column}
        onClose={() => setColumn(undefined)}
      />
    </div>
  )
}

function Value({ held, onOpen }: { held: Held; onOpen: (column: string) => void }) {
  const place = usePlaceName()
  return (
    <Button
      type="text"
      className="fact"
      onClick={() => onOpen(held.column)}
      title={t('historyOf', { name: inWords(held.column) })}
    >
      <Cell value={held.type === 'region' ? place(held.value) : held.value} type={held.type} />
      {held.unit ? <span className="unit"> {held.unit}</span> : null}
    </Button>
  )
}

function Years({ held, onOpen }: { held: readonly Held[]; onOpen: (column: string) => void }) {
  const periods = [...new Set(held.map((one) => one.column.split('@')[1]!))].sort()
  const fields = [...new Set(held.map((one) => one.field))]
  const at = new Map(held.map((one) => [one.column, one]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="scroll-x" tabIndex={0} aria-label={t('facts')}>
      <table className="plain matrix">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            {periods.map((period) => (
              <th key={period} scope="col" className="num">
                {period}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              {periods.map((period) => {
                const one = at.get(`${field}@${period}`)
                return (
                  <td key={period}>
                    {one ? <Value held={one} onOpen={onOpen} /> : <span className="missing">—</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
