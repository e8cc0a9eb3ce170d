import { Button } from 'antd'
import type { ImportPreview } from '../../api'
import { Panel, PlainTable, pick } from '../../ui'
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
        <PlainTable
          head={[t('where'), t('field'), t('text'), t('what')]}
          rows={of.problems.map((one) => ({
            key: `${one.row} ${one.column} ${one.message}`,
            className: `problem-${one.severity}`,
            cells: [
              `${one.letter}${one.row}`,
              one.name,
              <code key="t">{one.text}</code>,
              <>
                {pick([one.message, one.message_en])}
                {one.fix ? <div className="quiet">→ {pick([one.fix, one.fix_en])}</div> : null}
              </>,
            ],
          }))}
        />
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
