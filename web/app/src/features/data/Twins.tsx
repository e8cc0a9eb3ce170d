import { Link } from '@tanstack/react-router'
import type { ImportPreview } from '../../api'
import { Panel, PlainTable } from '../../ui'
import { t } from './data.words'

/** Rows of subjects that are new by their identity, and look like one that is known. */
export function Twins({ of }: { of: ImportPreview }) {
  const { kind } = of.file
  if (of.twins.length === 0) return null
  return (
    <Panel title={t('twins', { n: of.twins.length })}>
      <p className="quiet">{t('twinsNote')}</p>
      <PlainTable
        label={t('twins', { n: of.twins.length })}
        head={[t('row'), t('inFile'), t('alike'), t('knownAs')]}
        rows={of.twins.map((one) => ({
          key: `${one.row} ${one.known.identity}`,
          className: 'problem-warning',
          cells: [
            one.row,
            <>
              {one.name} <span className="quiet num">{one.identity}</span>
            </>,
            `${t(`why_${one.why}`)} ${one.score}`,
            <>
              <Link to="/subjects/$kind/$id" params={{ kind, id: one.known.identity }}>
                {one.known.name}
              </Link>{' '}
              <span className="quiet num">{one.known.identity}</span>
            </>,
          ],
        }))}
      />
    </Panel>
  )
}
