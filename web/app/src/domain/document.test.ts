import { expect, test } from 'vitest'
import { blocksOf, cellsOf, offsetsOf, tableOf } from './document'

const TEXT = `# 小微企业研发补贴
- 版本: 1.0
- 状态：示例

## 条件 研发强度达标
> 第六条 不低于百分之五。
> 以年报为准。

- 须: 研发强度 >= 5%

| 说明 | 甲\\|乙 |
|---|---|
| 正好 | 3 |
`

test('the five kinds of line become blocks', () => {
  const blocks = blocksOf(TEXT)
  expect(blocks.map((b) => b.kind)).toEqual([
    'heading',
    'attributes',
    'heading',
    'clause',
    'attributes',
    'table',
  ])
  expect(blocks[1]).toEqual({
    kind: 'attributes',
    of: [
      { key: '版本', value: '1.0', line: 2 },
      { key: '状态', value: '示例', line: 3 },
    ],
  })
  expect(blocks[3]).toMatchObject({ lines: ['第六条 不低于百分之五。', '以年报为准。'] })
  expect(blocks[5]).toMatchObject({ head: ['说明', '甲|乙'], rows: [{ cells: ['正好', '3'], line: 13 }] })
})

test('a bar in a cell is written with a backslash', () => {
  expect(cellsOf('| a \\| b | c |')).toEqual(['a | b', 'c'])
  expect(cellsOf('|  |x|')).toEqual(['', 'x'])
})

test('bytes of UTF-8 are found among characters', () => {
  const text = 'a中𠮷b'
  const at = offsetsOf(text)
  const bytes = new TextEncoder()
  for (const i of [0, 1, 2, 4, 5]) expect(at(bytes.encode(text.slice(0, i)).length)).toBe(i)
})

test('cells out of a spreadsheet become a table', () => {
  expect(tableOf('研发强度\t得分\r\n>= 5%\t20\r\n甲|乙\t\r\n')).toBe(
    '| 研发强度 | 得分 |\n|---|---|\n| >= 5% | 20 |\n| 甲\\|乙 |  |\n',
  )
  expect(tableOf('一行字')).toBeUndefined()
  expect(tableOf('两格\t一行\n只有一格')).toBeUndefined()
})
