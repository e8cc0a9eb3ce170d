import { catalogue } from '../../ui'

export const t = catalogue({
  jobs: ['任务', 'Jobs'],
  number: ['任务号', 'Number'],
  what: ['做什么', 'What'],
  export: ['导出', 'Export'],
  import: ['导入', 'Import'],
  about: ['对什么', 'Of what'],
  actor: ['谁', 'Who'],
  state: ['状态', 'State'],
  progress: ['进度', 'Progress'],
  asked: ['何时', 'When'],
  queued: ['排队', 'Queued'],
  running: ['进行中', 'Running'],
  done: ['办好了', 'Done'],
  failed: ['没有办成', 'Failed'],
  cancelled: ['已取消', 'Cancelled'],
  noJobs: ['没有任务；导入、导出都会列在这里', 'No jobs; imports and exports are listed here'],
  job: ['任务 {n}', 'Job {n}'],
})
