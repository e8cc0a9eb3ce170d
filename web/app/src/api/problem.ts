import type { ProblemItem } from './generated'

/** A request that failed, as the server told it (RFC 9457), or the way to the server. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: readonly [zh: string, en: string]
  readonly instance: string
  readonly items: readonly ProblemItem[]
  /** Seconds to wait before asking again; 0: not told. */
  readonly after: number

  constructor(told: Partial<Pick<Problem, 'status' | 'code' | 'title' | 'instance' | 'items' | 'after'>>) {
    super(told.code ?? 'UNKNOWN')
    this.status = told.status ?? 0
    this.code = told.code ?? 'UNKNOWN'
    this.title = told.title ?? ['', '']
    this.instance = told.instance ?? ''
    this.items = told.items ?? []
    this.after = told.after ?? 0
  }

  /** Worth asking once more, the same way. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503
  }
}

export async function problemOf(got: Response): Promise<Problem> {
  const after = Number(got.headers.get('retry-after') ?? 0)
  try {
    const told = await got.json()
    return new Problem({
      status: got.status,
      code: String(told.code ?? ''),
      title: [String(told.title ?? ''), String(told.title_en ?? '')],
      instance: String(told.instance ?? ''),
      items: told.problems ?? [],
      after,
    })
  } catch {
    return new Problem({ status: got.status, code: `HTTP-${got.status}`, after })
  }
}
