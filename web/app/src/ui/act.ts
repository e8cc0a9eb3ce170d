import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { createElement } from 'react'
import { ProblemLines, problemWords } from './states'
import { t } from './ui.words'

/**
 * Something that changes the store: a button calls `run`. Says that it was done, or why not and what
 * to do (`done: ''`: what follows says so); reads `refresh` again. A step that wants the password again asks for it by itself.
 */
export function useAct<In, Out>(
  act: (input: In) => Promise<Out>,
  {
    done,
    refresh = [],
    after,
  }: { done?: string; refresh?: QueryKey[]; after?: (out: Out, input: In) => void } = {},
) {
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: act,
    onSuccess: (out, input) => {
      if (done !== '') message.success(done ?? t('done'))
      for (const queryKey of refresh) void client.invalidateQueries({ queryKey })
      after?.(out, input)
    },
    onError: (cause) => {
      const words = problemWords(cause)
      modal.error({ title: words.title, content: createElement(ProblemLines, { lines: words.lines }) })
    },
  })
  return { run: mutate, busy: isPending, error }
}
