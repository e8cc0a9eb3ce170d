import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Statuses } from './RunStatus'
import { StatusBadge } from './values'

const shown = (status: string | null) => render(<StatusBadge status={status} />).container.textContent

test('a rule that does not say where it is from is no example', () => {
  expect(shown('')).toBe('未注明')
  expect(shown('example')).toBe('示例')
  expect(shown('official')).toBe('官方')
  expect(shown(null)).toBe('')
})

test('figures of several rules say each status once', () => {
  const { container } = render(<Statuses of={['example', 'official', 'example']} />)
  expect(container.textContent).toBe('示例官方')
})
