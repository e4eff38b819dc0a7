import type { Socket } from 'socket.io'
import type { Down } from '@taskflow/shared/socket/down.ts'
import type { Up } from '@taskflow/shared/socket/up.ts'
import type { TokenClaims } from './verifying.ts'
import type { Frame } from './frames.ts'
import { UNSENT_LIMIT_BYTES } from './limits.ts'
import type { Membership } from './membership.ts'
import { TokenBucket } from './token-bucket.ts'

export type ClientSocket = Socket<Up, Down>

/** The parts of engine.io and ws that prepared frames and back-pressure need; they have no public names. */
interface Connection {
  readyState: string
  writeBuffer: unknown[]
  transport: {
    writable: boolean
    socket: { bufferedAmount: number; close(code: number, reason: string): void; terminate(): void }
  }
  write(data: string, options: Frame['options'], sent?: () => void): void
}

export const CLOSE = { session: 4001, slow: 4008, resync: 4010, moving: 4012, rate: 4029, idle: 4030 } as const
export type CloseReason = keyof typeof CLOSE

const CLOSE_FRAME_PATIENCE_MS = 1_000

/** One connected socket and the person who opened it. */
export class Peer {
  readonly id: string
  readonly userId: string
  /** Which session it belongs to, and when its token was made. */
  readonly session: Pick<TokenClaims, 'sub' | 'sid' | 'iat'>
  readonly name: string
  readonly memberships = new Map<string, Membership>()
  readonly messages: TokenBucket
  /** The last moment at which its token or one of its tickets is valid. */
  goodUntil: number
  /** Spreads periodic work over the sockets. */
  readonly slot = Math.floor(Math.random() * 1e6)
  closedBecause: CloseReason | 'gone' | null = null
  readonly #connection: Connection
  #countedBuffer: unknown
  #countedBytes = 0
  #stalledBuffer: unknown
  #stalledSince = 0
  #sending = new Set<() => void>()

  constructor(socket: ClientSocket, claims: TokenClaims, messages: TokenBucket) {
    this.id = socket.id
    this.userId = claims.sub
    this.session = { sub: claims.sub, sid: claims.sid, iat: claims.iat }
    this.name = claims.name
    this.goodUntil = claims.exp * 1000
    this.messages = messages
    this.#connection = socket.conn as unknown as Connection
  }

  write(frame: Frame): void {
    this.#write(frame)
  }

  /** Resolves when the frame has left the process, or the socket is closed. */
  async written(frame: Frame): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#sending.delete(done)
        resolve()
      }
      this.#sending.add(done)
      this.#write(frame, done)
      if (this.closedBecause) done()
    })
  }

  #write(frame: Frame, sent?: () => void): void {
    const connection = this.#connection
    if (this.closedBecause) return
    if (!connection.transport.writable && this.#unsentWith(frame.bytes) > UNSENT_LIMIT_BYTES) return this.close('slow')
    connection.write('', frame.options, sent)
  }

  /** engine.io replaces its buffer when it hands the whole of it to the transport: a new buffer is an empty one. */
  #unsentWith(bytes: number): number {
    const { writeBuffer, transport } = this.#connection
    if (this.#countedBuffer !== writeBuffer) {
      this.#countedBuffer = writeBuffer
      this.#countedBytes = 0
    }
    this.#countedBytes += bytes
    return this.#countedBytes + transport.socket.bufferedAmount
  }

  /** How long the oldest unsent bytes have been waiting, seen at regular looks. */
  unsentForMs(now: number): number {
    const { writeBuffer, transport } = this.#connection
    if (transport.writable) this.#stalledBuffer = undefined
    else if (this.#stalledBuffer === writeBuffer) return now - this.#stalledSince
    else {
      this.#stalledBuffer = writeBuffer
      this.#stalledSince = now
    }
    return 0
  }

  /** Without Socket.IO's disconnect packet, after which clients would not come back by themselves. */
  close(why: CloseReason): void {
    if (this.closedBecause) return
    const connection = this.#connection
    this.gone(why)
    connection.writeBuffer.length = 0
    connection.transport.socket.close(CLOSE[why], why)
    setTimeout(() => connection.transport.socket.terminate(), CLOSE_FRAME_PATIENCE_MS).unref()
  }

  gone(why: CloseReason | 'gone' = 'gone'): void {
    this.closedBecause ??= why
    for (const membership of [...this.memberships.values()]) membership.end('resync')
    for (const done of [...this.#sending]) done()
  }
}
