import { render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Problem } from '../api'
import { List, type ListProps } from './ListPage'

type Data = { rows: string[] }
type Query = ListProps<string, Data>['of']

const query = (some: Partial<Query>) =>
  ({ data: undefined, error: null, isPending: false, refetch: vi.fn(), ...some }) as unknown as Query

const list = (of: Query, onClear?: () => void) =>
  render(
    <List<string, Data>
      of={of}
      rows={(data) => data.rows}
      rowKey={(row) => row}
      columns={[{ key: 'it', title: 'It', show: (row) => row }]}
      {...(onClear && { onClear })}
    />,
  )

afterEach(() => document.body.replaceChildren())

it('says that it reads', () => {
  list(query({ isPending: true }))
  expect(screen.getByRole('status', { name: '正在读取…' })).toBeTruthy()
})

it('says that it failed, and tries again', () => {
  const refetch = vi.fn()
  list(query({ error: new Problem({ status: 500, title: ['坏了', 'Broken'] }), refetch }))
  expect(screen.getByText('坏了')).toBeTruthy()
  screen.getByRole('button', { name: /^重\s*试$/ }).click()
  expect(refetch).toHaveBeenCalledOnce()
})

it('says that one may not see it', () => {
  list(query({ error: new Problem({ status: 403 }) }))
  expect(screen.getByText('您的角色不能看这里')).toBeTruthy()
})

it('says that there is nothing, and clears the conditions that are in the way', () => {
  const clear = vi.fn()
  list(query({ data: { rows: [] } }), clear)
  expect(screen.getByText('没有符合条件的')).toBeTruthy()
  screen.getByRole('button', { name: '清除条件' }).click()
  expect(clear).toHaveBeenCalledOnce()
})

it('shows what there is', () => {
  list(query({ data: { rows: ['甲'] } }))
  expect(screen.getByText('甲')).toBeTruthy()
})
