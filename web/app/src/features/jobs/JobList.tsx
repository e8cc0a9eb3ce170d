import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { isOver, type Job, type Jobs, jobList } from '../../api'
import { grouped } from '../../domain/decimal'
import { ListPage, Moment } from '../../ui'
import { JobDialog } from '../../ui/Job'
import { t } from './jobs.words'

const route = getRouteApi('/inside/jobs')

/** Work that outlives its request: what runs, what came of it, and the files that were made. */
export function JobList() {
  const { before, job } = route.useSearch()
  const go = route.useNavigate()
  const answer = useQuery({
    queryKey: ['jobs', before],
    queryFn: ({ signal }) => jobList({ before: before ?? null }, { signal }),
    refetchInterval: (query) => (query.state.data?.jobs.some((one) => !isOver(one)) ? 3_000 : false),
  })
  return (
    <>
      <ListPage<Job, Jobs>
        page={{ title: t('jobs'), help: 'officer#jobs' }}
        of={answer}
        rows={(data) => data.jobs}
        rowKey={(one) => String(one.job)}
        nothing={t('noJobs')}
        next={(data) => (data.next == null ? null : String(data.next))}
        cursor={before === undefined ? undefined : String(before)}
        onCursor={(next) => go({ search: { before: next === undefined ? undefined : Number(next) } })}
        columns={[
          {
            key: 'job',
            title: t('number'),
            width: 100,
            show: (one) => (
              <Button
                type="link"
                size="small"
                onClick={() => go({ search: (was) => ({ ...was, job: one.job }) })}
              >
                {one.job}
              </Button>
            ),
          },
          {
            key: 'kind',
            title: t('what'),
            width: 120,
            show: (one) => t(one.kind),
          },
          { key: 'about', title: t('about'), width: 160, show: (one) => one.about },
          { key: 'actor', title: t('actor'), width: 140, show: (one) => one.actor },
          { key: 'state', title: t('state'), width: 110, show: (one) => t(one.state) },
          {
            key: 'n',
            title: t('progress'),
            figure: true,
            width: 140,
            show: (one) =>
              t(one.kind === 'pairing' ? 'pairs' : 'rows', {
                n: `${grouped(String(one.n))}${one.total == null ? '' : ` / ${grouped(String(one.total))}`}`,
              }),
          },
          { key: 'asked', title: t('asked'), width: 160, show: (one) => <Moment at={one.asked} /> },
        ]}
      />
      <JobDialog
        job={job}
        title={t('job', { n: job ?? '' })}
        onClose={() => go({ search: (was) => ({ ...was, job: undefined }) })}
      />
    </>
  )
}
