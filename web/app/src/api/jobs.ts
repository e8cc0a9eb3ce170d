import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Job, jobGet, jobResult } from './generated'

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

/** A job as it goes on: its events while it runs, asked again where events do not come through. */
export function useJob(job: number | undefined) {
  const client = useQueryClient()
  const answer = useQuery({
    queryKey: ['job', job],
    queryFn: ({ signal }) => jobGet({ job: job! }, { signal }),
    enabled: job !== undefined,
    refetchInterval: (query) => (query.state.data && !isOver(query.state.data) ? 5_000 : false),
  })
  const over = answer.data !== undefined && isOver(answer.data)
  useEffect(() => {
    if (job === undefined || over) return
    const events = new EventSource(`/api/v1/jobs/${job}/events`)
    const take = (event: MessageEvent) => client.setQueryData(['job', job], JSON.parse(event.data))
    events.addEventListener('progress', take)
    events.addEventListener('end', take)
    events.onerror = () => {
      events.close()
      void client.invalidateQueries({ queryKey: ['job', job] })
    }
    return () => events.close()
  }, [client, job, over])
  return answer
}

/** Hands bytes to the browser as a file. */
export function save(bytes: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export const saveResult = async (job: Job): Promise<void> => save(await jobResult({ job: job.job }), job.file)
