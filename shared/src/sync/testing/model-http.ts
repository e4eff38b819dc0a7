import type { Fetch } from '../edges.ts'
import type { FakeClock } from './fake-clock.ts'
import type { Answer, Call, ModelServer } from './model-server.ts'
import { issue } from './passes.ts'
import type { CallFate, Weather } from './weather.ts'

const BUSY: Answer = { status: 503, body: { code: 'unavailable' } }
const SOON: Answer = { status: 429, body: { code: 'rate_limited' }, headers: { 'retry-after': '2' } }
const PAGE: Answer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in to this Wi-Fi</h1>' }
const IN_PROGRESS: Answer = { status: 409, body: { code: 'idempotency.in_progress' }, headers: { 'retry-after': '1' } }
const SIGNED_OUT: Answer = { status: 401, body: { code: 'unauthenticated' } }
const SLOW_MS = 3_000

export interface Session {
  userId: string
  isOver: boolean
}

/** HTTP between clients and the model, with latency and whatever the weather does. */
export class ModelHttp {
  calls: string[] = []
  #clock: FakeClock
  #server: () => ModelServer
  #inProgress = new Set<string>()
  #held = new Set<() => void>()

  constructor(clock: FakeClock, server: () => ModelServer) {
    this.#clock = clock
    this.#server = server
  }

  /** Somebody has written: held calls look again. */
  published() {
    for (const look of [...this.#held]) look()
  }

  fetchFor(session: Session, weather: Weather): Fetch {
    return (path, init) =>
      new Promise((resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
        const fail = () => reject(new Error('network'))
        const fate = weather.calls.shift()
        const call = toCall(session, path, init)
        this.calls.push(`${call.method} ${path}`)
        const isThere = () => !weather.isOffline && fate !== 'lost'
        this.#clock.after(weather.latencyMs(), async () => {
          if (!isThere()) return fail()
          const answer = await this.#handle(call, session, fate)
          this.#clock.after(weather.latencyMs(), () => {
            if (fate === 'hangs') return
            if (weather.isOffline || fate === 'answer lost') return fail()
            resolve(toResponse(answer))
          })
        })
      })
  }

  async #handle(call: Call, session: Session, fate: CallFate | undefined): Promise<Answer> {
    if (session.isOver) return SIGNED_OUT
    if (fate === 'busy') return BUSY
    if (fate === 'soon') return SOON
    if (fate === 'html') return PAGE
    if (call.path === '/api/auth/token') {
      return { status: 200, body: { token: issue({ sub: session.userId }, this.#clock.now()) } }
    }
    if (fate === 'slow' && call.key) await this.#work(call.key)
    else if (call.key && this.#inProgress.has(call.key)) return IN_PROGRESS
    if (call.path.includes('&wait=')) await this.#hold(call)
    const server = this.#server()
    return server.answer(call, (stream) =>
      issue({ sub: session.userId, stream, acl: server.head(stream) }, this.#clock.now()),
    )
  }

  async #work(key: string) {
    this.#inProgress.add(key)
    await new Promise<void>((resolve) => this.#clock.after(SLOW_MS, resolve))
    this.#inProgress.delete(key)
  }

  async #hold({ path, userId }: Call) {
    const server = this.#server()
    const stream = path.split('/')[3]!
    const query = new URLSearchParams(path.split('?')[1])
    const hasNothing = () =>
      server.mayRead(userId, stream) &&
      server.factsAfter(stream, query.get('epoch')!, Number(query.get('after')))?.length === 0
    if (!hasNothing()) return
    await new Promise<void>((resolve) => {
      const look = () => hasNothing() || done()
      const done = () => {
        this.#held.delete(look)
        callOff()
        resolve()
      }
      const callOff = this.#clock.after(Number(query.get('wait')) * 1000, done)
      this.#held.add(look)
    })
  }
}

function toCall({ userId }: Session, path: string, init: RequestInit = {}): Call {
  const { 'idempotency-key': key } = (init.headers ?? {}) as Record<string, string>
  return { userId, method: init.method ?? 'GET', path, key, body: init.body && JSON.parse(String(init.body)) }
}

const toResponse = ({ status, body, headers }: Answer) =>
  ({
    status,
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    text: async () => (body === undefined ? '' : JSON.stringify(body)),
  }) as Response
