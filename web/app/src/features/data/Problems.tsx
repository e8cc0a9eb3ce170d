import { Button } from 'antd'
import type { ImportPreview } from '../../api'
import { Panel, pick } from '../../ui'
import { t } from './data.words'

/** One line a bad cell: where, what stands there, what is wrong, and the way out. */
export function Problems({ of, onMore }: { of: ImportPreview; onMore: () => void }) {
  return (
    <Panel
      title={t('problems')}
      extra={of.found > 0 ? t('shown', { n: of.problems.length, all: of.found }) : null}
    >
      {of.found === 0 ? (
        <p className="quiet">{t('noProblems')}</p>
      ) : (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('where')}</th>
                <th scope="col">{t('field')}</th>
                <th scope="col">{t('text')}</th>
                <th scope="col">{t('what')}</th>
              </tr>
            </thead>
            <tbody>
              {of.problems.map((one) => (
                <tr key={`${one.row} ${one.column} ${one.message}`} className={`problem-${one.severity}`}>
                  <td className="num">
                    {one.letter}
                    {one.row}
                  </td>
                  <td>{one.name}</td>
                  <td>
                    <code>{one.text}</code>
                  </td>
                  <td>
                    {pick([one.message, one.message_en])}
                    {one.fix ? <div className="quiet">→ {pick([one.fix, one.fix_en])}</div> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {of.next != null ? <Button onClick={onMore}>{t('more')}</Button> : null}
      {of.gates.length > 0 ? (
        <ul className="problems">
          {of.gates.map((one) => (
            <li key={one.gate}>
              {t('gates')}：{one.gate} {t('rows', { n: one.rows })}{' '}
              <span className="quiet">
                {t('row')} {one.first.join(' ')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}
