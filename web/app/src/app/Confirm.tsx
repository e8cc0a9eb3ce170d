import { lazy, Suspense, useEffect, useState } from 'react'
import { onConfirm } from '../api'

const Dialog = lazy(() => import('./ConfirmDialog'))

interface Asked {
  answer: (proven: boolean) => void
  /** It closes, and gives the keyboard back, before it is forgotten. */
  open: boolean
}

/** Asks for the password when a step wants it again; the request then goes on by itself. */
export function Confirm() {
  const [asked, setAsked] = useState<Asked>()
  useEffect(
    () =>
      onConfirm(
        () =>
          new Promise<boolean>((answer) =>
            setAsked((before) => {
              before?.answer(false)
              return { answer, open: true }
            }),
          ),
      ),
    [],
  )
  if (!asked) return null
  const end = (proven: boolean) => {
    setAsked({ ...asked, open: false })
    asked.answer(proven)
  }
  return (
    <Suspense>
      <Dialog open={asked.open} onEnd={end} />
    </Suspense>
  )
}
