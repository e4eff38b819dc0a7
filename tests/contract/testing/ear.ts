import type { StreamPosition } from '@taskflow/shared/dto/board.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { io, type Socket } from 'socket.io-client'
import { setTimeout as delay } from 'node:timers/promises'

const HEARD_WITHIN_MS = 15_000
const ANSWERED_WITHIN_MS = 20_000

export type Ear = Awaited<ReturnType<typeof openEar>>
type Position = Pick<StreamPosition, 'id' | 'epoch' | 'seq' | 'ticket'>

/** A plain Socket.IO client that keeps everything it was told, in order. */
export async function openEar(url: string, token: string | undefined, extraHeaders: Record<string, string> = {}) {
  const socket: Socket = io(url, {
    path: '/ws',
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    extraHeaders: { origin: url, ...extraHeaders },
    reconnection: false,
    forceNew: true,
  })
  const told: { event: string; data: any }[] = []
  socket.onAny((event: string, data: unknown) => told.push({ event, data }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error) => {
      socket.close()
      reject(error)
    })
  })

  const ask = (event: string, payload: unknown) => socket.timeout(ANSWERED_WITHIN_MS).emitWithAck(event, payload)
  const factsOf = (stream: string): Envelope<string, any>[] =>
    told
      .filter(({ event }) => event === 'events')
      .flatMap(({ data }) => data as Envelope<string, any>[])
      .filter((fact) => fact.stream === stream)

  /** Resolves once `test` finds something in what was told; what never comes is named. */
  async function until<T>(what: string, test: () => T | undefined | false, withinMs = HEARD_WITHIN_MS): Promise<T> {
    for (const end = Date.now() + withinMs; ; await delay(10)) {
      const found = test()
      if (found) return found
      if (Date.now() > end) throw new Error(`Not heard within ${withinMs} ms: ${what}; told ${JSON.stringify(told)}`)
    }
  }

  return {
    socket,
    told,
    ask,
    until,
    factsOf,
    async join({ id, epoch, seq, ticket }: Position): Promise<JoinAnswer> {
      const [answer] = (await ask('join', [{ stream: id, ticket, epoch, after: seq }])) as JoinAnswer[]
      return answer!
    },
    fact: (stream: string, seq: number) =>
      until(`${stream} ${seq}`, () => factsOf(stream).find((fact) => fact.seq === seq)),
    closed: (withinMs = HEARD_WITHIN_MS) => until('the end', () => socket.disconnected, withinMs),
    close: () => void socket.close(),
  }
}

/** Why a handshake is refused, by code. */
export const refusalOf = (
  url: string,
  token: string | undefined,
  headers?: Record<string, string>,
): Promise<string | undefined> =>
  openEar(url, token, headers).then(
    (ear) => void ear.close(),
    (error: { data?: { code?: string } }) => error.data?.code,
  )
