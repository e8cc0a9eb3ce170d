import type { ImportPreview } from '../../api'
import { Panel, pick } from '../../ui'
import { t } from './data.words'

/** The first rows as they were read, and the rows that were left out. */
export function Sample({ of }: { of: ImportPreview }) {
  return (
    <Panel title={t('sample')}>
      <section className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              {of.columns.map((one) => (
                <th key={one.column} scope="col">
                  {one.as || <span className="quiet">{one.name}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.sample.map((row) => (
              <tr key={row.row} className={row.good ? undefined : 'problem-error'}>
                <td className="num">{row.row}</td>
                {row.cells.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the place in the row is what a cell is
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
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
