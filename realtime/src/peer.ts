import type { Socket as NetSocket } from 'node:net'
import type { Socket } from 'socket.io'
import type { Down } from '@taskflow/shared/socket/down.ts'
import type { Up } from '@taskflow/shared/socket/up.ts'
import type { TokenClaims } from './verifying.ts'
import type { Frame } from './frames.ts'
import { UNSENT_LIMIT_BYTES } from './limits.ts'
import type { Membership } from './membership.ts'
import { TokenBucket } from './token-bucket.ts'

export type ClientSocket = Socket<Up, Down>

/** The parts of engine.io and ws that prepared frames and back-pressure need; some have no public names. */
interface Connection {
  writeBuffer: unknown[]
  transport: { socket: WebSocket }
  write(data: string, options: Frame['options'], sent?: () => void): void
}

interface WebSocket {
  readyState: number
  /** What the operating system has not taken yet. */
  bufferedAmount: number
  _socket: NetSocket
  _sender: { sendFrame(frame: readonly Buffer[], sent?: () => void): void }
  close(code: number, reason: string): void
  terminate(): void
}

const OPEN = 1

const CLOSE = { session: 4001, slow: 4008, resync: 4010, moving: 4012, rate: 4029, idle: 4030 } as const
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
  readonly #webSocket: WebSocket
  #queue: unknown
  #queuedBytes = 0
  #mark: { accepted: number; at: number } | undefined
  #sending: Set<() => void> | undefined

  constructor(socket: ClientSocket, claims: TokenClaims, messages: TokenBucket) {
    this.id = socket.id
    this.userId = claims.sub
    this.session = { sub: claims.sub, sid: claims.sid, iat: claims.iat }
    this.name = claims.name
    this.goodUntil = claims.exp * 1000
    this.messages = messages
    this.#connection = socket.conn as unknown as Connection
    this.#webSocket = this.#connection.transport.socket
  }

  /**
   * Straight to the WebSocket, which costs a third less than engine.io's way; only behind packets that engine.io
   * still holds back it takes that way, so that nothing overtakes them.
   */
  write(frame: Frame, sent?: () => void): void {
    const webSocket = this.#webSocket
    if (this.closedBecause || webSocket.readyState !== OPEN) return
    const held = this.#connection.writeBuffer.length > 0
    const unsent = webSocket.bufferedAmount + (held ? this.#queuedWith(frame.bytes) : 0)
    if (unsent > 0 && unsent + frame.bytes > UNSENT_LIMIT_BYTES) this.close('slow')
    else if (held) this.#connection.write('', frame.options, sent)
    else webSocket._sender.sendFrame(frame.options.wsPreEncodedFrame, sent)
  }

  /** Resolves when the frame has left the process, or the socket is closed. */
  written(frame: Frame): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#sending?.delete(done)
        resolve()
      }
      this.#sending ??= new Set()
      this.#sending.add(done)
      this.write(frame, done)
      if (this.closedBecause) done()
    })
  }

  /** engine.io takes a new buffer when it hands the old one on: another buffer than last time began empty. */
  #queuedWith(bytes: number): number {
    const { writeBuffer } = this.#connection
    if (this.#queue !== writeBuffer) {
      this.#queue = writeBuffer
      this.#queuedBytes = 0
    }
    this.#queuedBytes += bytes
    return this.#queuedBytes
  }

  /** How long bytes have been waiting for the reader, as seen by regular looks. */
  unsentForMs(now: number): number {
    const { _socket } = this.#webSocket
    if (!_socket?.writableLength) {
      this.#mark = undefined
      return 0
    }
    const accepted = _socket.bytesWritten
    if (this.#mark && accepted - _socket.writableLength < this.#mark.accepted) return now - this.#mark.at
    this.#mark = { accepted, at: now }
    return 0
  }

  /** Without Socket.IO's disconnect packet, after which clients would not come back by themselves. */
  close(why: CloseReason): void {
    if (this.closedBecause) return
    const webSocket = this.#webSocket
    this.gone(why)
    this.#connection.writeBuffer.length = 0
    webSocket.close(CLOSE[why], why)
    setTimeout(() => webSocket.terminate(), CLOSE_FRAME_PATIENCE_MS).unref()
  }

  gone(why: CloseReason | 'gone' = 'gone'): void {
    this.closedBecause ??= why
    for (const membership of [...this.memberships.values()]) membership.end('resync')
    for (const done of [...(this.#sending ?? [])]) done()
  }
}
