import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useNav } from './useNav'

/** Asked of where the key was really pressed: an editor may stand in a shadow root. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** `/` search, Ctrl-K commands, `g` and a letter goes somewhere, `?` tells all of this. */
export function useKeys({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }): void {
  const rows = useNav()
  const navigate = useNavigate()
  const going = useRef(0)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        onPalette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.composedPath()[0] ?? null)) return
      if (Date.now() - going.current < 1500) {
        going.current = 0
        const row = rows.find((one) => one.letter === event.key)
        if (row) {
          event.preventDefault()
          void navigate(row.link)
        }
        return
      }
      if (event.key === 'g') going.current = Date.now()
      if (event.key === '?') onHelp()
      if (event.key === '/') {
        event.preventDefault()
        document.getElementById('search')?.focus()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [rows, navigate, onPalette, onHelp])
}
