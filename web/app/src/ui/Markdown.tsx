import { Fragment, type ReactNode } from 'react'
import { PlainTable } from './PlainTable'

/**
 * The Markdown that our documents use: headings, lists, tables, quotes, code, emphasis, links.
 * Becomes elements, never a string of markup.
 */
export function Markdown({ text, pages = '/help/' }: { text: string; pages?: string }) {
  // A link from one page of the guide to another, whatever folder it is in.
  const linked = text.replace(/\]\((?:\.\.?\/)?(?:guide\/)?([\w-]+)\.md(#[^)]*)?\)/g, `](${pages}$1$2)`)
  return <div className="markdown">{blocks(linked.replace(/\r\n?/g, '\n').split('\n'))}</div>
}

type Take = readonly [node: ReactNode, lines: number]

function blocks(lines: readonly string[]): ReactNode[] {
  const out: ReactNode[] = []
  for (let at = 0; at < lines.length; ) {
    if (lines[at]!.trim() === '') {
      at += 1
      continue
    }
    const [node, n] = block(lines, at)
    out.push(<Fragment key={at}>{node}</Fragment>)
    at += n
  }
  return out
}

function block(lines: readonly string[], at: number): Take {
  const line = lines[at]!
  const heading = /^(#{1,6}) +(.*)$/.exec(line)
  if (heading) return [head(heading[1]!.length, heading[2]!), 1]
  if (line.startsWith('![')) return [null, 1] // pictures of screens: whoever reads it here has them
  if (line.startsWith('```')) return fence(lines, at)
  if (line.startsWith('>')) return quote(lines, at)
  if (line.startsWith('|')) return table(lines, at)
  if (/^\s*(-|\*|\d+\.) /.test(line)) return list(lines, at)
  const n = run(lines, at, (one) => one.trim() !== '' && !/^(#|>|\||```|\s*(-|\*|\d+\.) )/.test(one))
  return [<p key="p">{inline(lines.slice(at, at + Math.max(n, 1)).join('\n'))}</p>, Math.max(n, 1)]
}

function run(lines: readonly string[], at: number, goes: (line: string) => boolean): number {
  let n = 0
  while (at + n < lines.length && goes(lines[at + n]!)) n += 1
  return n
}

/** A page has one h1 of its own, so those of a document begin one lower. */
function head(level: number, text: string): ReactNode {
  const Tag = `h${Math.min(level + 1, 6)}` as 'h2'
  return <Tag id={anchorOf(text)}>{inline(text)}</Tag>
}

/** A heading in two languages goes by its last part: `.. · Runs` is #runs. */
const anchorOf = (text: string) => text.split(' · ').at(-1)!.trim().toLowerCase().replace(/\s+/g, '-')

function fence(lines: readonly string[], at: number): Take {
  const n = run(lines, at + 1, (one) => !one.startsWith('```'))
  return [<pre key="pre">{lines.slice(at + 1, at + 1 + n).join('\n')}</pre>, n + 2]
}

function quote(lines: readonly string[], at: number): Take {
  const n = run(lines, at, (one) => one.startsWith('>'))
  const inner = lines.slice(at, at + n).map((one) => one.replace(/^> ?/, ''))
  return [<blockquote key="quote">{blocks(inner)}</blockquote>, n]
}

function list(lines: readonly string[], at: number): Take {
  const n = run(lines, at, (one) => /^\s*(-|\*|\d+\.) /.test(one) || /^\s+\S/.test(one))
  const items: string[] = []
  for (const line of lines.slice(at, at + n)) {
    if (/^(-|\*|\d+\.) /.test(line)) items.push(line.replace(/^(-|\*|\d+\.) /, ''))
    else items[items.length - 1] = `${items[items.length - 1] ?? ''}\n${line.trim()}`
  }
  const Tag = /^\d/.test(lines[at]!) ? 'ol' : 'ul'
  return [
    <Tag key="list">
      {items.map((item) => (
        <li key={item}>{inline(item)}</li>
      ))}
    </Tag>,
    n,
  ]
}

const cells = (line: string) =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())

function table(lines: readonly string[], at: number): Take {
  const n = run(lines, at, (one) => one.startsWith('|'))
  const [first, ...rest] = lines.slice(at, at + n)
  const rows = rest.filter((line) => !/^\|[\s|:-]+$/.test(line))
  return [
    <PlainTable
      key="table"
      head={cells(first!).map(inline)}
      rows={rows.map((row) => ({ key: row, cells: cells(row).map(inline) }))}
    />,
    n,
  ]
}

const INLINE = /(`[^`]+`)|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g

function inline(text: string): ReactNode[] {
  const out: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(INLINE)) {
    out.push(text.slice(from, found.index))
    const [all, code, strong, label, link] = found
    if (code) out.push(<code key={found.index}>{code.slice(1, -1)}</code>)
    else if (strong) out.push(<strong key={found.index}>{strong}</strong>)
    else if (/^(https?:|#|\/(public\/)?help\/)/.test(link!))
      out.push(
        <a key={found.index} href={link}>
          {label}
        </a>,
      )
    else out.push(label)
    from = found.index + all.length
  }
  out.push(text.slice(from))
  return out
}
