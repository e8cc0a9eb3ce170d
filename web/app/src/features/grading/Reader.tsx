import './grading.css'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { type Block, blocksOf } from '../../domain/document'
import { PlainTable } from '../../ui'
import { t } from './grading.words'

/** A rule document as a regulation: headings, clauses quoted, tables; its contents at the side. */
export function Reader({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text])
  const heads = blocks.filter((one) => one.kind === 'heading' && one.level > 1 && one.level < 5)
  return (
    <div className="reader">
      <nav aria-label={t('outline')} className="reader-outline no-print">
        <h2>{t('outline')}</h2>
        <ul>
          {heads.map((one) =>
            one.kind === 'heading' ? (
              <li key={one.line} className={`depth-${one.level}`}>
                <a href={`#line-${one.line}`}>{one.text}</a>
              </li>
            ) : null,
          )}
        </ul>
      </nav>
      <article className="reader-text">
        {blocks.map((one) => (
          <Shown key={one.kind === 'attributes' ? one.of[0]!.line : one.line} block={one} />
        ))}
      </article>
    </div>
  )
}

function Shown({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const Tag = `h${Math.min(block.level + 1, 6)}` as 'h2'
      return <Tag id={`line-${block.line}`}>{block.text}</Tag>
    }
    case 'clause':
      return (
        <blockquote>
          {block.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a quotation, never reordered
            <p key={at}>{line}</p>
          ))}
        </blockquote>
      )
    case 'attributes':
      return (
        <dl className="attributes">
          {block.of.map((one) => (
            <div key={one.line}>
              <dt>{one.key}</dt>
              <dd>
                <Linked text={one.value} />
              </dd>
            </div>
          ))}
        </dl>
      )
    case 'table':
      return (
        <PlainTable
          label={block.head.join(' ')}
          head={block.head}
          rows={block.rows.map((row) => ({ key: row.line, cells: row.cells }))}
        />
      )
    case 'text':
      return <p>{block.text}</p>
  }
}

/** Sources are addresses: they lead there, and nothing else becomes a link. */
function Linked({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[\w./?=&%#~:@+-]+)/)
  return parts.map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line
      <a key={at} href={part} rel="noreferrer noopener" target="_blank">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
