import { useMutation } from '@tanstack/react-query'
import { Button, Modal, Progress } from 'antd'
import { isOver, jobCancel, saveResult, useJob } from '../api'
import { pick } from './catalogue'
import { Answer, Failed } from './states'
import { t } from './ui.words'

/** A job as it goes on, with its file at the end. */
export function JobDialog({
  job,
  title,
  onClose,
}: {
  job: number | undefined
  title: string
  onClose: () => void
}) {
  return (
    <Modal open={job !== undefined} title={title} onCancel={onClose} footer={null} destroyOnHidden>
      {job === undefined ? null : <JobProgress job={job} />}
    </Modal>
  )
}

export function JobProgress({ job }: { job: number }) {
  const answer = useJob(job)
  const cancel = useMutation({ mutationFn: () => jobCancel({ job }) })
  const file = useMutation({ mutationFn: saveResult })
  return (
    <Answer of={answer} rows={2}>
      {(at) => (
        <div role="status">
          <Progress
            aria-label={t('running', { n: at.n })}
            percent={at.total ? Math.floor((at.n * 100) / at.total) : isOver(at) ? 100 : 0}
            status={at.state === 'failed' ? 'exception' : at.state === 'done' ? 'success' : 'active'}
          />
          <p>
            {at.state === 'done'
              ? t('done')
              : isOver(at)
                ? pick([at.message, at.message_en]) || t('failed')
                : t('running', { n: `${at.n}${at.total ? ` / ${at.total}` : ''}` })}{' '}
            {at.outcome ? t('rows', { n: at.outcome.rows }) : null}
          </p>
          {at.state === 'done' && at.file ? (
            <Button type="primary" loading={file.isPending} onClick={() => file.mutate(at)}>
              {t('download', { name: at.file })}
            </Button>
          ) : null}
          {isOver(at) ? null : <Button onClick={() => cancel.mutate()}>{t('cancelJob')}</Button>}
          {file.error || cancel.error ? <Failed cause={file.error ?? cancel.error} /> : null}
        </div>
      )}
    </Answer>
  )
}
