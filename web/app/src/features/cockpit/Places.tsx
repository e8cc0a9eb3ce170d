import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { useContext } from 'react'
import type { CockpitCell, CockpitMap, CockpitMatrix, CockpitTile } from '../../api'
import { Answer, Decimal, Nothing, Panel, usePhone } from '../../ui'
import { Drawn } from '../../ui/Drawn'
import { Count, exactly, OnWall, Source } from '../../ui/outcome'
import { t } from './cockpit.words'
import { heat } from './parts'
import { map, matrix } from './queries'
import type { CockpitSearch } from './routes'

type Shown = NonNullable<CockpitSearch['show']>
type Filled = Pick<CockpitCell, 'n' | 'mean' | 'sum'>

/** The text that stands in a cell, and the number by which its ground is chosen. */
function shown(of: Filled, show: Shown): { text: string; size: number } {
  if (show === 'count') return { text: String(of.n), size: of.n }
  const text = (show === 'score' ? of.mean : of.sum) ?? ''
  return { text, size: Number(text) }
}

/** The least and the most on show, so that scores that lie close together still differ. */
function range(all: readonly Filled[], show: Shown): readonly [least: number, most: number] {
  const sizes = all.map((one) => shown(one, show).size).filter((n) => n > 0)
  const least = show === 'score' && sizes.length > 1 ? Math.min(...sizes) * 0.98 : 0
  return [least, Math.max(...sizes, 0)]
}

export function ShowSelect({ value, onChange }: { value: Shown; onChange: (show: Shown) => void }) {
  return (
    <Select
      size="small"
      aria-label={t('metric')}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={(['count', 'score', 'sum'] as const).map((one) => ({ value: one, label: t(one) }))}
    />
  )
}

/* --- the tile map --- */

const TILE = 118
const STEP = 76

export function TileMap({ kind, show, at }: { kind: string; show: Shown; at?: string | undefined }) {
  const answer = useQuery(map(kind))
  return (
    <Panel title={t('map')}>
      <Answer of={answer} empty={(data) => data.tiles.length === 0}>
        {(data) => (
          <Drawn name={t('map')}>
            <Tiles of={data} show={show === 'sum' ? 'count' : show} at={at} />
          </Drawn>
        )}
      </Answer>
    </Panel>
  )
}

function Tiles({ of, show, at }: { of: CockpitMap; show: Shown; at: string | undefined }) {
  const [least, most] = range(of.tiles, show)
  const width = Math.max(...of.tiles.map((one) => (one.column + (one.shift ? 0.5 : 0) + 1) * TILE))
  const height = (Math.max(...of.tiles.map((one) => one.row)) + 1) * STEP + 34
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing has no field set */}
      <svg viewBox={`0 0 ${width} ${height}`} className="cockpit-map" role="group" aria-label={t('map')}>
        {of.band ? (
          <>
            <rect x={0} y={0} width={width} height={24} rx={6} className="cockpit-river" />
            <text x={width / 2} y={16} textAnchor="middle" className="cockpit-river-name">
              {of.band}
            </text>
          </>
        ) : null}
        {of.tiles.map((one) => (
          <Tile
            key={one.code}
            of={one}
            kind={of.kind}
            show={show}
            least={least}
            most={most}
            // A tile may be several localities: its condition names each.
            chosen={at !== undefined && one.where.includes(`"${at}"`)}
          />
        ))}
      </svg>
      <p className="quiet">
        {of.note} {t('elsewhere')} <Count of={of.elsewhere} kind={of.kind} />
      </p>
      <Source of={show === 'score' && of.scored ? of.scored : of.source} />
    </>
  )
}

function Tile({
  of,
  kind,
  show,
  least,
  most,
  chosen,
}: {
  of: CockpitTile
  kind: string
  show: Shown
  least: number
  most: number
  chosen: boolean
}) {
  const wall = useContext(OnWall)
  const { text, size } = shown(of, show)
  const x = (of.column + (of.shift ? 0.5 : 0)) * TILE
  const y = of.row * STEP + 32
  const drawn = (
    <>
      <rect
        x={x + 2}
        y={y + 2}
        width={TILE - 4}
        height={STEP - 4}
        rx={8}
        className={`heat-${heat(size - least, most - least)}`}
      />
      <text x={x + TILE / 2} y={y + 30} textAnchor="middle" className="cockpit-tile-name">
        {of.name}
      </text>
      <text x={x + TILE / 2} y={y + 55} textAnchor="middle" className="cockpit-tile-figure num">
        {text || '—'}
      </text>
    </>
  )
  if (wall) return <g>{drawn}</g>
  return (
    <Link
      to="/subjects/$kind"
      params={{ kind }}
      search={exactly(of.where)}
      aria-label={`${of.name} ${text}${chosen ? ` ${t('chosen')}` : ''}`}
      className={chosen ? 'cockpit-tile cockpit-tile-chosen' : 'cockpit-tile'}
    >
      {drawn}
    </Link>
  )
}

/* --- chains by localities --- */

export function Matrix({
  kind,
  show,
  figure,
  at,
}: {
  kind: string
  show: Shown
  figure: string | undefined
  at?: string | undefined
}) {
  const answer = useQuery(matrix(kind, figure))
  return (
    <Panel title={t('matrix')} wide>
      <Answer
        of={answer}
        empty={(data) => data.cells.length === 0}
        nothing={<Nothing say={t('noSubjects')} />}
      >
        {(data) => (
          <Drawn name={t('matrix')}>
            <Cells of={at ? rowOf(data, at) : data} show={show === 'sum' && !data.figure ? 'count' : show} />
          </Drawn>
        )}
      </Answer>
    </Panel>
  )
}

/** One locality's row; its sums by chain are its cells. */
function rowOf(of: CockpitMatrix, at: string): CockpitMatrix {
  const row = of.localities.findIndex((one) => one.code === at)
  if (row < 0) return of
  const wide = of.chains.length
  const cells = of.cells.slice(row * wide, (row + 1) * wide)
  return {
    ...of,
    localities: [of.localities[row]!],
    cells,
    rows: [of.rows[row]!],
    columns: cells,
    total: of.rows[row]!,
  }
}

function Cells({ of, show }: { of: CockpitMatrix; show: Shown }) {
  const phone = usePhone()
  const across = range(of.cells, show)
  const at = (row: number, column: number) => of.cells[row * of.chains.length + column]!
  if (phone) return <Narrow of={of} show={show} />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className="scroll-x" tabIndex={0} aria-label={t('matrix')}>
        <table className="plain cockpit-matrix">
          <thead>
            <tr>
              <th scope="col">{t('locality')}</th>
              {of.chains.map((name) => (
                <th scope="col" key={name}>
                  {name || t('missing')}
                </th>
              ))}
              <th scope="col">{t('total')}</th>
            </tr>
          </thead>
          <tbody>
            {of.localities.map((place, row) => (
              <tr key={place.code}>
                <th scope="row">{place.name || t('missing')}</th>
                {of.chains.map((name, column) => (
                  <Cell key={name} of={at(row, column)} kind={of.kind} show={show} across={across} />
                ))}
                <Cell of={of.rows[row]!} kind={of.kind} show={show} />
              </tr>
            ))}
            {of.localities.length > 1 ? (
              <tr>
                <th scope="row">{t('total')}</th>
                {of.columns.map((one) => (
                  <Cell key={one.chain} of={one} kind={of.kind} show={show} />
                ))}
                <Cell of={of.total} kind={of.kind} show={show} />
              </tr>
            ) : null}
          </tbody>
        </table>
      </section>
      <Sources of={of} show={show} />
    </>
  )
}

const Sources = ({ of, show }: { of: CockpitMatrix; show: Shown }) => (
  <>
    {show === 'sum' ? (
      <p className="quiet">
        {of.figure} {of.unit}
      </p>
    ) : null}
    <Source of={show === 'score' && of.scored ? of.scored : of.source} />
  </>
)

function Cell({
  of,
  kind,
  show,
  across,
}: {
  of: CockpitCell
  kind: string
  show: Shown
  across?: readonly [number, number]
}) {
  const wall = useContext(OnWall)
  const { text, size } = shown(of, show)
  const ground = across ? `heat-${heat(size - across[0], across[1] - across[0])}` : ''
  const value = text ? <Decimal value={text} /> : <span className="missing">—</span>
  return (
    <td className={`cockpit-cell ${ground}`}>
      {wall ? (
        value
      ) : (
        <Link to="/subjects/$kind" params={{ kind }} search={exactly(of.where)} className="opens">
          {value}
        </Link>
      )}
    </td>
  )
}

/** On a phone the two sums, one after the other. */
function Narrow({ of, show }: { of: CockpitMatrix; show: Shown }) {
  const lists = [
    { title: t('locality'), rows: of.rows, name: (at: number) => of.localities[at]?.name },
    { title: t('matrix'), rows: of.columns, name: (at: number) => of.chains[at] },
  ]
  return (
    <>
      {lists.map((list) => (
        <table className="plain" key={list.title}>
          <caption>{list.title}</caption>
          <tbody>
            {list.rows.map((one, at) => (
              <tr key={`${one.locality}${one.chain}`}>
                <th scope="row">{list.name(at) || t('missing')}</th>
                <Cell of={one} kind={of.kind} show={show} />
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <Sources of={of} show={show} />
    </>
  )
}
