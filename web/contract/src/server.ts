// A running server with the small county of test/trust/world.h, and questions put to it.
import { spawn } from 'node:child_process'
import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { createInterface } from 'node:readline'

interface Account {
  cookie: string
  csrf: string
  sure_cookie: string
  sure_csrf: string
}

export interface Answer {
  status: number
  media: string // without parameters; '' where there is no body
  text: string
  headers: IncomingHttpHeaders
}

export interface How {
  body?: unknown // sent as JSON; a string as it is
  headers?: Record<string, string>
  sure?: boolean // by the session whose owner gave the password just now
}

export class Server {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 })

  private constructor(
    readonly base: string,
    readonly accounts: ReadonlyMap<string, Account>,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(program: string, url: string): Promise<Server> {
    const child = spawn(program, [url], { stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    const lines = createInterface({ input: child.stdout })
    const first = await Promise.race([
      new Promise<string>((resolve) => lines.once('line', resolve)),
      ended.then((): string => {
        throw new Error(`${program} ended before it served`)
      }),
    ])
    const said = JSON.parse(first) as { port: number; as: Record<string, Account> }
    return new Server(`http://127.0.0.1:${said.port}`, new Map(Object.entries(said.as)), () => {
      child.stdin.end()
      return ended
    })
  }

  stop(): Promise<void> {
    this.agent.destroy()
    return this.end()
  }

  /** Asks as an account of that role; '' is a stranger. */
  async ask(role: string, method: string, path: string, how: How = {}): Promise<Answer> {
    const headers: Record<string, string> = { ...how.headers }
    const account = this.accounts.get(role)
    if (account !== undefined && headers['cookie'] === undefined) {
      headers['cookie'] = `geci=${how.sure ? account.sure_cookie : account.cookie}`
      headers['x-csrf-token'] = how.sure ? account.sure_csrf : account.csrf
    }
    const body = how.body === undefined || typeof how.body === 'string' ? how.body : JSON.stringify(how.body)
    return this.send(method, path, headers, body)
  }

  // Not fetch, which has no GET with a body.
  private send(method: string, path: string, given: Record<string, string>, body?: string): Promise<Answer> {
    const headers = body === undefined ? given : { ...given, 'content-length': String(Buffer.byteLength(body)) }
    return new Promise((resolve, reject) => {
      const sent = request(this.base + path, { method, headers, agent: this.agent }, (got) => {
        const parts: Buffer[] = []
        got.on('data', (part: Buffer) => parts.push(part))
        got.on('error', reject)
        got.on('end', () =>
          resolve({
            status: got.statusCode!,
            media: (got.headers['content-type'] ?? '').split(';')[0]!.trim(),
            text: Buffer.concat(parts).toString(),
            headers: got.headers,
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
