import { Button } from 'antd'
import { type ReactNode, useContext, useRef } from 'react'
import { useAct } from './act'
import { OnWall } from './outcome'
import { useMode } from './prefs'
import { BACK, INK } from './theme'
import { t } from './ui.words'

/** Something drawn with HTML or SVG, that may be taken along as a picture like any chart. */
export function Drawn({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const wall = useContext(OnWall)
  const mode = useMode()
  const take = useAct(
    async () => {
      const { download, snapshot } = await import('./snapshot')
      download(await snapshot(box.current!, name, BACK[mode], INK[mode].text), `${name}.png`)
    },
    { done: '' },
  )
  if (wall) return children
  return (
    <>
      <div ref={box}>{children}</div>
      <Button
        type="link"
        size="small"
        className="no-print"
        aria-label={`${t('picture')} ${name}`}
        loading={take.busy}
        onClick={() => take.run(undefined)}
      >
        {t('picture')}
      </Button>
    </>
  )
}
