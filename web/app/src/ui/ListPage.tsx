import { SettingOutlined } from '@ant-design/icons'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Checkbox, Popover, Table } from 'antd'
import type { Key, ReactNode } from 'react'
import { text } from './asked'
import { PlainTable } from './PlainTable'
import { Page, type PageProps } from './pages'
import { usePaper, usePhone } from './prefs'
import { Answer, Nothing } from './states'
import { t } from './ui.words'

/** What a list keeps in the address, so that it survives reload, back and being sent to somebody. */
export interface ListSearch {
  q?: string | undefined
  sort?: string | undefined // "-points", "name"
  cols?: string[] | undefined
  cursor?: string | undefined
}

/** For `validateSearch` of a route; a screen adds its own conditions. */
export const listSearch = (search: Record<string, unknown>): ListSearch => ({
  q: text(search.q),
  sort: text(search.sort),
  cols: Array.isArray(search.cols) ? search.cols.map(String) : undefined,
  cursor: text(search.cursor),
})

export interface Column<Row> {
  key: string
  title: string
  unit?: string | undefined
  /** Figures stand at the right. */
  figure?: boolean
  sortable?: boolean
  width?: number
  /** Stays when the table scrolls sideways. */
  fixed?: boolean
  show: (row: Row) => ReactNode
}

export interface ListProps<Row, Data> {
  of: UseQueryResult<Data>
  rows: (data: Data) => readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  /** Columns that could be shown; with `onColumns`. */
  choices?: readonly { key: string; title: string }[]
  onColumns?: (keys: string[]) => void
  sort?: string | undefined
  onSort?: (sort: string | undefined) => void
  /** Where the next page begins; null: there is none. */
  next?: (data: Data) => string | null | undefined
  cursor?: string | undefined
  onCursor?: (cursor: string | undefined) => void
  /** Text above the table: how many were found. */
  count?: (data: Data) => ReactNode
  /** Conditions are set: an empty list offers to clear them. */
  onClear?: (() => void) | undefined
  /** Those on other pages too. */
  picked?: readonly string[]
  onPick?: (keys: string[]) => void
  /** What can be done with those that are picked. */
  batch?: ReactNode
  /** On a phone; by default the columns, one below the other. */
  card?: (row: Row) => ReactNode
  /** Words for an empty list. */
  nothing?: string
}

/** A screen that is a list. `filters` stand above it. */
export function ListPage<Row, Data>({
  filters,
  page,
  ...list
}: ListProps<Row, Data> & { page: Omit<PageProps, 'children'>; filters?: ReactNode }) {
  return (
    <Page {...page}>
      {filters ? <div className="filters">{filters}</div> : null}
      <List {...list} />
    </Page>
  )
}

/** A list within a screen. */
export function List<Row, Data>(props: ListProps<Row, Data>) {
  return (
    <Answer
      of={props.of}
      empty={(data) => props.rows(data).length === 0}
      nothing={<Nothing onClear={props.onClear} {...(props.nothing && { say: props.nothing })} />}
      rows={10}
    >
      {(data) => (
        <div aria-busy={props.of.isFetching} className={props.of.isPlaceholderData ? 'stale' : undefined}>
          <Bar {...props} data={data} />
          <Rows {...props} data={data} />
          <Pages {...props} data={data} />
        </div>
      )}
    </Answer>
  )
}

type With<Row, Data> = ListProps<Row, Data> & { data: Data }

function Bar<Row, Data>(props: With<Row, Data>) {
  const { picked = [], onPick, rows, rowKey, batch, count, choices, onColumns, columns, data } = props
  const keys = rows(data).map(rowKey)
  const here = keys.filter((key) => picked.includes(key)).length
  if (!count && !onPick && !choices) return null
  return (
    <div className="list-bar">
      {onPick ? (
        <Checkbox
          checked={here > 0 && here === keys.length}
          indeterminate={here > 0 && here < keys.length}
          onChange={({ target }) => {
            const others = picked.filter((key) => !keys.includes(key))
            onPick(target.checked ? [...others, ...keys] : others)
          }}
        >
          {t('pickAll')}
        </Checkbox>
      ) : null}
      <span className="list-count" role="status">
        {count?.(data)}
      </span>
      {picked.length > 0 ? (
        <span className="list-batch">
          {t('selected', { n: picked.length })}{' '}
          <Button type="link" size="small" onClick={() => onPick?.([])}>
            {t('pickNone')}
          </Button>{' '}
          {batch}
        </span>
      ) : null}
      <span className="grow" />
      {choices && onColumns ? (
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <Checkbox.Group
              className="column-choice"
              value={columns.map((c) => c.key)}
              options={choices.map((c) => ({ value: c.key, label: c.title }))}
              onChange={(keys) => onColumns(keys as string[])}
            />
          }
        >
          <Button icon={<SettingOutlined />}>{t('columns')}</Button>
        </Popover>
      ) : null}
    </div>
  )
}

function Rows<Row, Data>(props: With<Row, Data>) {
  const phone = usePhone()
  const paper = usePaper()
  const { data, rows, rowKey, columns, picked, onPick, sort, onSort, card } = props
  const all = rows(data)
  if (paper)
    return (
      <PlainTable
        head={columns.map((c) => <Head key={c.key} column={c} />)}
        rows={all.map((row) => ({ key: rowKey(row), cells: columns.map((c) => c.show(row)) }))}
      />
    )
  if (phone)
    return (
      <ul className="cards">
        {all.map((row) => (
          <li key={rowKey(row)}>
            {onPick ? <Pick of={rowKey(row)} picked={picked} onPick={onPick} /> : null}
            {card ? card(row) : <Plain row={row} columns={columns} />}
          </li>
        ))}
      </ul>
    )
  const width = columns.reduce((sum, c) => sum + (c.width ?? 140), 0)
  return (
    <Table<Row>
      size="middle"
      dataSource={all as Row[]}
      rowKey={rowKey}
      pagination={false}
      scroll={{ x: width }}
      sticky
      showSorterTooltip={false}
      onChange={(_, __, sorted) => {
        const { columnKey, order } = Array.isArray(sorted) ? (sorted[0] ?? {}) : sorted
        onSort?.(order ? (order === 'descend' ? `-${columnKey}` : String(columnKey)) : undefined)
      }}
      {...(onPick && {
        rowSelection: {
          selectedRowKeys: picked as Key[],
          onChange: (keys: Key[]) => onPick(keys.map(String)),
          columnWidth: 44,
          preserveSelectedRowKeys: true,
          // antd draws the box for all a second time, hidden but within reach of Tab.
          hideSelectAll: true,
        },
      })}
      columns={columns.map((c) => ({
        key: c.key,
        width: c.width ?? 140,
        align: c.figure ? ('right' as const) : ('left' as const),
        ...(c.fixed && { fixed: 'left' as const }),
        title: <Head column={c} />,
        // Figures fall first: who has most is what is asked.
        ...(c.sortable &&
          onSort && {
            sorter: true,
            sortDirections: c.figure
              ? (['descend', 'ascend'] as const).slice()
              : (['ascend', 'descend'] as const).slice(),
            sortOrder:
              sort === c.key ? ('ascend' as const) : sort === `-${c.key}` ? ('descend' as const) : null,
          }),
        render: (_: unknown, row: Row) => c.show(row),
      }))}
    />
  )
}

function Pick({
  of,
  picked = [],
  onPick,
}: {
  of: string
  picked: readonly string[] | undefined
  onPick: (keys: string[]) => void
}) {
  const others = picked.filter((key) => key !== of)
  return (
    <Checkbox
      className="card-pick"
      aria-label={`${t('pick')} ${of}`}
      checked={others.length < picked.length}
      onChange={({ target }) => onPick(target.checked ? [...others, of] : others)}
    />
  )
}

function Head<Row>({ column }: { column: Column<Row> }) {
  return (
    <>
      {column.title}
      {column.unit ? <span className="unit"> {column.unit}</span> : null}
    </>
  )
}

function Plain<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <dl className="facts">
      {columns.map((c) => (
        <div key={c.key}>
          <dt>
            <Head column={c} />
          </dt>
          <dd>{c.show(row)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Pages<Row, Data>({ next, data, cursor, onCursor }: With<Row, Data>) {
  const on = next?.(data)
  if (!onCursor || (!on && !cursor)) return null
  return (
    <nav className="list-pages">
      <Button disabled={!cursor} onClick={() => onCursor(undefined)}>
        {t('first')}
      </Button>
      <Button disabled={!on} onClick={() => on && onCursor(on)}>
        {t('next')}
      </Button>
    </nav>
  )
}
