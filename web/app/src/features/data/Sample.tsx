import type { ImportPreview } from '../../api'
import { Panel, PlainTable, pick } from '../../ui'
import { t } from './data.words'

/** The first rows as they were read, and the rows that were left out. */
export function Sample({ of }: { of: ImportPreview }) {
  return (
    <Panel title={t('sample')}>
      <PlainTable
        label={t('sample')}
        head={[t('row'), ...of.columns.map((one) => one.as || <span className="quiet">{one.name}</span>)]}
        rows={of.sample.map((row) => ({
          key: row.row,
          className: row.good ? undefined : 'problem-error',
          cells: [row.row, ...row.cells],
        }))}
      />
      {of.skipped.length > 0 ? (
        <details>
          <summary>
            {t('skipped')} {of.skipped.length}
          </summary>
          <ul>
            {of.skipped.map((one) => (
              <li key={one.row}>
                {one.row} {pick([one.why, one.why_en])} <span className="quiet">{one.text}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  )
}
