import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { kinds, views } from '../api/queries'
import { listedOf } from '../domain/kept'
import { type Command, useCommands } from './commands'
import { t } from './commands.words'
import { useHits } from './useHits'
import { useNav } from './useNav'

const MOST = 40

/** Everything one can go to or have done, by typing some of its name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  const { hits } = useHits(q)
  const rows = useNav()
  const commands = useCommands()
  const kept = useKept()
  const asked = q.trim().toLowerCase()
  const found = [
    ...rows
      .filter((row) => row.label().toLowerCase().includes(asked))
      .map((row) => ({
        key: `nav ${row.label()}`,
        name: row.label(),
        note: t('goTo'),
        go: () => navigate(row.link),
      })),
    ...commands
      .filter((one) => isMeant(one, asked))
      .map((one) => ({ key: `do ${one.name}`, name: one.name, note: t('does'), go: one.go })),
    ...kept
      .filter((one) => asked !== '' && one.title.toLowerCase().includes(asked))
      .map((one) => ({
        key: `kept ${one.view}`,
        name: one.title,
        note: t('kept'),
        go: () =>
          navigate({
            to: '/subjects/$kind',
            params: { kind: one.kind },
            search: listedOf(one.query as Record<string, unknown>),
          }),
      })),
    ...hits.map((hit) => ({
      key: `${hit.kind} ${hit.identity}`,
      name: hit.name || hit.identity,
      note: hit.title,
      go: () => navigate({ to: '/subjects/$kind/$id', params: { kind: hit.kind, id: hit.identity } }),
    })),
  ].slice(0, MOST)
  const go = (index: number) => {
    onClose()
    void found[index]?.go()
  }
  const to = (index: number) => {
    setAt(index)
    document.getElementById(`palette-${index}`)?.scrollIntoView({ block: 'nearest' })
  }
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) {
      event.preventDefault()
      to((at + by + found.length) % Math.max(found.length, 1))
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(at)
  }
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title={t('palette')} width={560}>
      <Input
        autoFocus
        value={q}
        placeholder={t('paletteHint')}
        aria-label={t('paletteHint')}
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        onChange={(event) => {
          setQ(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div id="palette" role="listbox" aria-label={t('palette')} className="palette">
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the field above
          <div
            key={one.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => go(index)}
            // A mouse that lies still while the list changes under it points at nothing.
            onMouseMove={(event) => (event.movementX || event.movementY) && setAt(index)}
          >
            <span>{one.name}</span>
            <span className="quiet">{one.note}</span>
          </div>
        ))}
      </div>
    </Modal>
  )
}

/** Each word that was typed is in its name or in what else it is called. */
const isMeant = (one: Command, asked: string): boolean =>
  asked.split(/\s+/).every((word) => `${one.name} ${one.also}`.toLowerCase().includes(word))

/** Questions that were kept, of kinds that are there: who follows a policy keeps one of none. */
function useKept() {
  const all = useQuery(views).data?.views ?? []
  const known = useQuery(kinds).data?.kinds ?? []
  return all.filter((one) => known.some(({ kind }) => kind === one.kind))
}
