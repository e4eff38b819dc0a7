import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { SOCKET_PATH } from '@taskflow/shared/names.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client'
import { PUBLIC_URL, type TestApi } from './api.ts'

const PATIENCE_MS = 30_000

export type TestClient = ReturnType<typeof openClient>

/** A real socket that notes what it hears, with waits for what a test expects. */
export function openClient(
  api: TestApi,
  url: string,
  userId: string,
  options: Partial<ManagerOptions & SocketOptions>,
) {
  const origin = { origin: PUBLIC_URL }
  const base = { path: SOCKET_PATH, transports: ['websocket'], forceNew: true, reconnection: false }
  const socket = io(url, { ...base, extraHeaders: origin, ...options })
  const heard = {
    events: [] as Envelope[],
    frames: [] as number[],
    heads: [] as Record<string, number>[],
    presence: [] as { stream: string; users: Present[] }[],
    revoked: [] as string[],
    moving: [] as number[],
    refusal: undefined as string | undefined,
    closed: undefined as { code: number | undefined; reason: string | undefined } | undefined,
  }
  const waiters = new Set<() => void>()
  const note =
    <T>(take: (value: T) => void) =>
    (value: T) => {
      take(value)
      for (const look of [...waiters]) look()
    }
  socket.on(
    'events',
    note((events: Envelope[]) => (heard.events.push(...events), heard.frames.push(events.length))),
  )
  socket.on(
    'heads',
    note((heads: Record<string, number>) => heard.heads.push(heads)),
  )
  socket.on(
    'presence',
    note((presence: { stream: string; users: Present[] }) => heard.presence.push(presence)),
  )
  socket.on(
    'revoked',
    note(({ stream }: { stream: string }) => heard.revoked.push(stream)),
  )
  socket.on(
    'moving',
    note(({ after }: { after: number }) => heard.moving.push(after)),
  )
  socket.on(
    'connect',
    note<void>(() => {}),
  )
  socket.on(
    'connect_error',
    note((error: Error & { data?: { code: string } }) => (heard.refusal = error.data?.code ?? error.message)),
  )
  socket.on('disconnect', (_reason, details) => {
    const { code, reason } = (details as { context?: { code: number; reason: string } } | undefined)?.context ?? {}
    note(() => (heard.closed = { code, reason }))(null)
  })

  /** Resolves when the condition holds, looked at after everything that comes in. */
  function until(condition: () => boolean, what = 'what was awaited'): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () => (waiters.delete(look), reject(new Error(`${userId}: ${what} did not come`)))
      const patience = setTimeout(fail, PATIENCE_MS)
      const look = () => {
        if (!condition()) return
        clearTimeout(patience)
        waiters.delete(look)
        resolve()
      }
      waiters.add(look)
      look()
    })
  }

  const seqs = (stream: string) => heard.events.filter((event) => event.stream === stream).map(({ seq }) => seq)

  return {
    socket,
    heard,
    until,
    seqs,
    connected: () => until(() => socket.connected || heard.refusal !== undefined, 'a connection'),
    refused: async () => (await until(() => heard.refusal !== undefined, 'a refusal'), heard.refusal),
    hears: (stream: string, seq: number) => until(() => seqs(stream).includes(seq), `${stream} ${seq}`),

    async join(stream: string, request: { ticket?: string; epoch?: string; after?: number } = {}): Promise<JoinAnswer> {
      const { epoch, seq } = api.headOf(stream)
      const ticket = request.ticket ?? (await api.ticket(userId, stream))
      const answers = await socket.emitWithAck('join', [{ stream, epoch, after: seq, ...request, ticket }])
      return answers[0]
    },
    renew: async (stream: string, ticket: string): Promise<JoinAnswer> =>
      (await socket.emitWithAck('renew', [{ stream, ticket }]))[0],
    leave: (stream: string) => socket.emitWithAck('leave', [stream]),
    /** A round trip: whatever the service had sent before has arrived. */
    flush: () => socket.emitWithAck('leave', []),
  }
}
