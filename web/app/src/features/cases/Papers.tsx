import { Button } from 'antd'
import { useRef, useState } from 'react'
import { type CaseStory, caseHandIn, casePaperGet, save, useMay } from '../../api'
import { Moment, Panel, useAct } from '../../ui'
import { t } from './cases.words'

/** Papers that the case wants, and those that were handed in. */
export function Papers({ of }: { of: CaseStory }) {
  const number = of.row.number
  const mayGive = useMay('case_hand_in') && !of.row.ended
  const input = useRef<HTMLInputElement>(null)
  const [paper, setPaper] = useState('')
  const give = useAct(
    ({ name, file }: { name: string; file: File }) =>
      caseHandIn({ number, paper: name, file: file.name }, file),
    { done: t('handedIn'), refresh: [['cases']] },
  )
  const take = useAct(async (one: { number: string; file: string }) =>
    save(await casePaperGet({ number, paper: one.number }), one.file),
  )
  if (of.wanted.length === 0 && of.papers.length === 0) return null
  return (
    <Panel title={t('papers')}>
      <ul className="plain-list">
        {of.wanted.map((one) => (
          <li key={one.paper}>
            <b>{one.paper}</b> {one.given ? t('given') : one.required ? t('notGiven') : t('optional')}{' '}
            {mayGive ? (
              <Button
                size="small"
                loading={give.busy && paper === one.paper}
                onClick={() => {
                  setPaper(one.paper)
                  input.current?.click()
                }}
              >
                {t('handIn')}
              </Button>
            ) : null}
            {one.note ? <div className="quiet">{one.note}</div> : null}
          </li>
        ))}
        {of.papers.map((one) => (
          <li key={one.number}>
            {one.paper}：
            <Button type="link" size="small" onClick={() => take.run(one)}>
              {one.file}
            </Button>{' '}
            <Moment at={one.at} /> {one.actor}
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('handIn')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) give.run({ name: paper, file })
          event.target.value = ''
        }}
      />
    </Panel>
  )
}
