import type { Me } from '@taskflow/shared/dto/workspace.ts'
import { SOCKET_PATH } from '@taskflow/shared/names.ts'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { io, type Socket } from 'socket.io-client'
import { ApiError, createApi } from '#lib/api.ts'
import {
  CLOCK_LIMIT_MS,
  clockApart,
  cureOfHttp,
  cureOfSocket,
  type Result,
  SLOW_HTTP_MS,
  type StepName,
} from './steps.ts'

type Tell = (step: StepName, result: Result) => void

const CONNECT_MS = 10_000
const JOIN_MS = 12_000
const HEADS_MS = 15_000

/** Goes the whole way once, over a socket of its own, and tells each step as it ends. */
export async function testConnection(tell: Tell): Promise<void> {
  const run = async <T>(step: StepName, act: () => Promise<T & { result?: Partial<Result> }>) => {
    tell(step, { state: 'running' })
    const begunAt = performance.now()
    try {
      const value = await act()
      tell(step, { state: 'ok', ms: performance.now() - begunAt, ...value?.result })
      return value
    } catch (error) {
      const fault = error instanceof Fault ? error.result : { cure: 'unexpected' as const, detail: String(error) }
      tell(step, { state: 'bad', ms: performance.now() - begunAt, ...fault })
      return null
    }
  }

  const http = await run('http', askServer)
  if (!http) return skip(tell, ['token', 'socket', 'join', 'heads', 'clock'])
  tell('clock', clockResult(http.apartMs))
  const identity = await run('token', askToken)
  if (!identity) return skip(tell, ['socket', 'join', 'heads'])
  const connected = await run('socket', () => connect(identity.token))
  if (!connected) return skip(tell, ['join', 'heads'])
  const { socket } = connected
  try {
    const heads = once(socket, 'heads', HEADS_MS)
    if (await run('join', () => join(socket, identity.me))) {
      await run('heads', async () => {
        await heads.catch(() => refuse({ cure: 'heads', detail: `no heads in ${HEADS_MS / 1000} s` }))
        return {}
      })
    } else skip(tell, ['heads'])
    heads.catch(() => {})
  } finally {
    socket.disconnect()
  }
}

class Fault extends Error {
  readonly result: Partial<Result>

  constructor(result: Partial<Result>) {
    super(result.detail ?? '')
    this.result = result
  }
}

function refuse(result: Partial<Result>): never {
  throw new Fault(result)
}

function skip(tell: Tell, steps: StepName[]) {
  for (const step of steps) tell(step, { state: 'skipped' })
}

async function askServer() {
  const askedAt = Date.now()
  const begunAt = performance.now()
  const response = await fetch('/api/health', { cache: 'no-store' }).catch(() => null)
  // Read to its end: only then has it all come through.
  const body = await response?.text().catch(() => null)
  if (!response?.ok || typeof body !== 'string') {
    const status = response?.status ?? 0
    refuse({ cure: cureOfHttp(status, navigator.onLine), detail: status ? `HTTP ${status}` : 'no answer' })
  }
  const ms = performance.now() - begunAt
  const apartMs = clockApart(response.headers.get('date'), askedAt, Date.now())
  return { apartMs, ...(ms > SLOW_HTTP_MS && { result: { state: 'slow' as const, cure: 'apiSlow' as const } }) }
}

async function askToken() {
  const api = createApi(fetch)
  try {
    const [{ token }, me] = await Promise.all([api.get<{ token: string }>('/api/auth/token'), api.get<Me>('/api/me')])
    return { token, me }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const cure = error.status === 401 ? 'signedOut' : error.isUnreachable ? 'apiDown' : 'tokenFailed'
    return refuse({ cure, detail: `${error.status} ${error.code}` })
  }
}

async function connect(token: string): Promise<{ socket: Socket }> {
  const socket = io(location.origin, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_MS,
  })
  const failure = await new Promise<Error | null>((resolve) => {
    socket.once('connect', () => resolve(null))
    socket.once('connect_error', resolve)
  })
  if (!failure) return { socket }
  socket.disconnect()
  const { data } = failure as Error & { data?: { code?: string } }
  const code = data?.code ?? null
  const plain = await fetch(`${SOCKET_PATH}/?EIO=4&transport=polling`, { cache: 'no-store' })
    .then(async (response) => {
      await response.text()
      return response.status
    })
    .catch(() => 0)
  return refuse({
    cure: cureOfSocket(code, plain),
    detail: `${code ?? failure.message}; without upgrade: HTTP ${plain}`,
  })
}

async function join(socket: Socket, { stream }: Me) {
  const request = { stream: stream.id, ticket: stream.ticket, epoch: stream.epoch, after: stream.seq }
  const [answer] = (await socket
    .timeout(JOIN_MS)
    .emitWithAck('join', [request])
    .catch(() => refuse({ cure: 'join', detail: `no answer in ${JOIN_MS / 1000} s` }))) as JoinAnswer[]
  if (answer?.ok) return {}
  return refuse({ cure: answer?.code === 'resync' ? 'resync' : 'join', detail: answer?.code ?? 'no answer' })
}

const once = (socket: Socket, event: string, limitMs: number) =>
  new Promise<void>((resolve, fail) => {
    const timer = setTimeout(() => fail(new Error(event)), limitMs)
    socket.once(event, () => {
      clearTimeout(timer)
      resolve()
    })
  })

function clockResult(apartMs: number | null): Result {
  if (apartMs === null) return { state: 'skipped', detail: 'the server tells no time' }
  const isFar = Math.abs(apartMs) > CLOCK_LIMIT_MS
  return { state: isFar ? 'bad' : 'ok', apartMs, ...(isFar && { cure: 'clock' as const }) }
}
