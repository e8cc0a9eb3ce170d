import type { ReactNode } from 'react'

export interface PlainRow {
  key: string | number
  cells: readonly ReactNode[]
  className?: string | undefined
}

/** A small table that is there as a whole; one that goes on is a List. `named`: its rows begin with their name. */
export function PlainTable({
  head,
  rows,
  caption,
  label,
  named = false,
  className = '',
}: {
  head?: readonly ReactNode[]
  rows: readonly PlainRow[]
  caption?: ReactNode
  /** For those who cannot see it, where it is reached by keyboard to be scrolled. */
  label?: string
  named?: boolean
  className?: string
}) {
  return (
    <section className="scroll-x" {...(label && { tabIndex: 0, 'aria-label': label })}>
      <table className={`plain ${className}`}>
        {caption ? <caption>{caption}</caption> : null}
        {head ? (
          <thead>
            <tr>{head.map((cell, at) => cellOf(cell, at, 'col'))}</tr>
          </thead>
        ) : null}
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.className}>
              {row.cells.map((cell, at) => cellOf(cell, at, named && at === 0 ? 'row' : undefined))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Cells have no name but their place. */
const cellOf = (cell: ReactNode, at: number, head: 'col' | 'row' | undefined) =>
  head ? (
    <th key={at} scope={head}>
      {cell}
    </th>
  ) : (
    <td key={at}>{cell}</td>
  )
