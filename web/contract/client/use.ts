// A client as somebody would write it: has to compile, and what is marked has to be refused.
import { runResults, sessionEnd, subjectList, subjectQuery, type Run, type SubjectPage } from './api'

export async function names(kind: string): Promise<string[]> {
  const page: SubjectPage = await subjectList({ kind, limit: 100 })
  const more = await subjectQuery({ kind }, { terms: [{ field: '名称', op: 'contains', values: ['公司'] }] }, { key: 'k1' })
  return [...page.rows, ...more.rows].map((row) => row.cells['名称'] ?? row.identity)
}

export async function file(run: Run): Promise<Blob> {
  if (run.state === 'final') return runResults({ run: run.run })
  await sessionEnd()
  // @ts-expect-error: there is no such state
  if (run.state === 'done') throw new Error()
  // @ts-expect-error: the kind is missing
  await subjectList({ limit: 100 })
  // @ts-expect-error: there is no such comparison
  await subjectQuery({ kind: '企业' }, { terms: [{ field: '名称', op: 'like' }] })
  return new Blob()
}
