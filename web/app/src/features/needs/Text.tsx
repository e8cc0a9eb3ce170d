import './needs.css'
import type { MatchReason, MatchText } from '../../api'
import { t } from './needs.words'

type Side = 'asked' | 'found'
const PARTS = ['title', 'keywords', 'body'] as const

const at = (side: Side, one: MatchReason) =>
  side === 'asked'
    ? { part: one.asked_in, from: one.asked_from ?? 0, to: one.asked_to ?? 0 }
    : { part: one.found_in, from: one.found_from ?? 0, to: one.found_to ?? 0 }

/** One side's text with what both have marked. */
export function Marked({
  text,
  reasons,
  side,
}: {
  text: MatchText
  reasons: readonly MatchReason[]
  side: Side
}) {
  const parts = PARTS.filter((part) => text[part] !== '')
  if (parts.length === 0) return <p className="quiet">{t('noText')}</p>
  return (
    <>
      {parts.map((part) => (
        <p key={part} className={`match-${part}`}>
          {pieces(
            text[part],
            reasons.map((one) => at(side, one)).filter((span) => span.part === part),
          )}
        </p>
      ))}
    </>
  )
}

function pieces(text: string, spans: readonly { from: number; to: number }[]) {
  const out = []
  let from = 0
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from < from || span.to > text.length || span.to - span.from < 2) continue
    out.push(text.slice(from, span.from))
    out.push(<mark key={span.from}>{text.slice(span.from, span.to)}</mark>)
    from = span.to
  }
  out.push(text.slice(from))
  return out
}

/** Single characters that both have say little each: they stand in one line, and are not marked. */
const isBit = (one: MatchReason) =>
  one.part === 'words' && !!one.asked_in && (one.asked_to ?? 0) - (one.asked_from ?? 0) < 2

/** Reasons that add up to the score. */
export function Reasons({
  text,
  reasons,
  score,
}: {
  text: MatchText
  reasons: readonly MatchReason[]
  score: number
}) {
  const bits = reasons.filter(isBit)
  const said = (one: MatchReason) =>
    one.asked_in ? text[one.asked_in].slice(one.asked_from ?? 0, one.asked_to ?? 0) : ''
  return (
    <table className="plain match-reasons">
      <tbody>
        {reasons
          .filter((one) => !isBit(one))
          .map((one) => (
            <tr key={`${one.part} ${one.asked_in} ${one.asked_from} ${one.found_from}`}>
              <td>
                {one.part === 'words' && one.asked_in
                  ? t('words', { text: said(one) })
                  : t(one.part, { name: one.node ?? '' })}
              </td>
              <td className="num">{one.worth}</td>
            </tr>
          ))}
        {bits.length > 0 ? (
          <tr>
            <td>{t('bits', { text: bits.map(said).join(' ') })}</td>
            <td className="num">{bits.reduce((sum, one) => sum + one.worth, 0)}</td>
          </tr>
        ) : null}
        <tr>
          <th scope="row">{t('score')}</th>
          <td className="num">
            <b>{score}</b>
          </td>
        </tr>
      </tbody>
    </table>
  )
}
