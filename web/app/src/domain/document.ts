/**
 * The five kinds of line of a rule document, gathered into blocks for reading. What they mean is the
 * server's to say (docs/language.md); nothing here decides whether a document is sound.
 */

export interface Row {
  cells: string[]
  line: number
}

export type Block =
  | { kind: 'heading'; level: number; text: string; line: number }
  | { kind: 'attributes'; of: { key: string; value: string; line: number }[] }
  | { kind: 'clause'; lines: string[]; line: number }
  | { kind: 'table'; head: string[]; rows: Row[]; line: number }
  | { kind: 'text'; text: string; line: number }

const HEADING = /^(#{1,6})\s+(.*)$/
const ATTRIBUTE = /^\s*[-*]\s+([^:：]{1,40})[:：]\s*(.*)$/
const CLAUSE = /^>\s?(.*)$/
const RULER = /^\|(\s*:?-{3,}:?\s*\|)+\s*$/

/** `| a \| b | c |` -> "a | b", "c" */
export function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replace(/\\\|/g, '|').trim())
}

export function blocksOf(text: string): Block[] {
  const out: Block[] = []
  text.split('\n').forEach((raw, at) => {
    const line = at + 1
    const last = out.at(-1)
    const heading = HEADING.exec(raw)
    const attribute = ATTRIBUTE.exec(raw)
    const clause = CLAUSE.exec(raw)
    if (heading) out.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]!.trim(), line })
    else if (attribute) {
      const one = { key: attribute[1]!.trim(), value: attribute[2]!.trim(), line }
      if (last?.kind === 'attributes') last.of.push(one)
      else out.push({ kind: 'attributes', of: [one] })
    } else if (clause) {
      if (last?.kind === 'clause') last.lines.push(clause[1]!)
      else out.push({ kind: 'clause', lines: [clause[1]!], line })
    } else if (raw.startsWith('|')) tableRow(out, raw, line)
    else if (raw.trim() !== '') out.push({ kind: 'text', text: raw.trim().replace(/^[-*]\s+/, '· '), line })
    else if (last?.kind === 'clause' || last?.kind === 'attributes')
      out.push({ kind: 'text', text: '', line })
  })
  return out.filter((block) => block.kind !== 'text' || block.text !== '')
}

function tableRow(out: Block[], raw: string, line: number): void {
  const last = out.at(-1)
  if (RULER.test(raw)) return
  if (last?.kind === 'table') last.rows.push({ cells: cellsOf(raw), line })
  else out.push({ kind: 'table', head: cellsOf(raw), rows: [], line })
}

/** Where byte `at` of the text in UTF-8 stands among its characters of JavaScript. */
export function offsetsOf(text: string): (at: number) => number {
  const byte: number[] = []
  let n = 0
  for (let i = 0; i < text.length; i++) {
    byte.push(n)
    const code = text.charCodeAt(i)
    if (code >= 0xd800 && code < 0xdc00) {
      byte.push(n) // the second half of a pair begins where the pair does
      n += 4
      i++
    } else n += code < 0x80 ? 1 : code < 0x800 ? 2 : 3
  }
  byte.push(n)
  return (at) => {
    let low = 0
    let high = byte.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (byte[middle]! < at) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Rows of cells as a spreadsheet copies them, as a table of a document; nothing: these are none. */
export function tableOf(copied: string): string | undefined {
  const rows = copied
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
    .split('\n')
    .map((row) => row.split('\t').map((cell) => cell.trim().replaceAll('|', '\\|')))
  const [head] = rows
  if (!head || head.length < 2 || rows.some((row) => row.length !== head.length)) return undefined
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return line(head) + `|${'---|'.repeat(head.length)}\n` + rows.slice(1).map(line).join('')
}
