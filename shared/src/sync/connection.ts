import type { Envelope } from '../events/envelope.ts'
import type { Present } from '../socket/down.ts'
import type { JoinAnswer, RenewRequest } from '../socket/up.ts'
import { backoff } from './backoff.ts'
import { type Edges, type Socket, SOCKET_OPTIONS } from './edges.ts'
import { HttpFailure } from './http.ts'
import { lifeOf } from './jwt-life.ts'
import { Plans } from './plans.ts'
import type { Stream } from './stream.ts'
import { Token } from './token.ts'

interface ConnectionHost extends Pick<Edges, 'fetch' | 'io' | 'clock'> {
  signedOut(): void
}

/** `heads` come every 10 s: a socket that is silent for this long is dead, whatever it says. */
const SILENCE_MS = 20_000
/** Whatever was away for however long: five seconds after its return, everybody is live. */
const LONGEST_RETRY_MS = 4_000
const RENEW_FROM = 0.5
const RENEW_SPREAD = 0.3
const OVERDUE_SPREAD_MS = 5_000

type Joinable = Omit<Stream, 'replica'> & { readonly replica: { epoch: string; seq: number } | null }
type Refusal = Extract<JoinAnswer, { ok: false }>['code']

/** One socket for all streams of a tab: connects, joins, renews tickets, and hands on what comes. */
export class Connection {
  #host: ConnectionHost
  #socket: Socket | null = null
  #phase: 'off' | 'connecting' | 'up' | 'waiting' = 'off'
  /** Answers to what an earlier connection asked mean nothing. */
  #era = 0
  #failures = 0
  #token: Token
  #streams = new Map<string, Joinable>()
  #refusals = new Map<string, number>()
  #presence = new Map<string, object>()
  #plans: Plans
  #callOffRetry = () => {}
  #callOffSilence = () => {}

  constructor(host: ConnectionHost) {
    this.#host = host
    this.#token = new Token(host)
    this.#plans = new Plans(host.clock)
  }

  /** Takes part in a stream that has a position and a ticket; again after either has changed. */
  join(stream: Joinable) {
    this.#streams.set(stream.id, stream)
    this.#planRenewal(stream)
    if (this.#phase === 'up') this.#join([stream])
    else if (this.#phase === 'off') void this.#connect()
    else stream.linked(this.#phase === 'waiting' ? 'down' : 'connecting')
  }

  rejoin(stream: Joinable) {
    if (this.#phase === 'up' && this.#streams.has(stream.id)) this.#join([stream])
  }

  leave({ id }: Pick<Joinable, 'id'>) {
    if (!this.#streams.has(id)) return
    this.#plans.drop(id)
    for (const known of [this.#streams, this.#refusals, this.#presence]) known.delete(id)
    if (this.#phase === 'up') this.#socket!.emit('leave', [id], () => {})
  }

  setPresence(id: string, state: object) {
    this.#presence.set(id, state)
    if (this.#streams.get(id)?.link === 'joined') this.#socket!.emit('presence', { stream: id, state })
  }

  /** The network or the person is back: no use in waiting for the next attempt. */
  wake() {
    this.#failures = 0
    if (this.#phase === 'waiting') void this.#connect()
  }

  close() {
    for (const stream of this.#streams.values()) this.leave(stream)
    this.#down('off')
    this.#callOffRetry()
  }

  async #connect() {
    this.#callOffRetry()
    this.#phase = 'connecting'
    const era = ++this.#era
    try {
      const token = await this.#token.get()
      if (era !== this.#era) return
      this.#socket ??= this.#open()
      this.#socket.auth = { token }
      this.#listen()
      this.#socket.connect()
    } catch (error) {
      if (era !== this.#era) return
      if (!(error instanceof HttpFailure) || error.status !== 401) return this.#lost()
      this.#down('waiting')
      this.#host.signedOut()
    }
  }

  #open(): Socket {
    const socket = this.#host.io(SOCKET_OPTIONS)
    const on = <T>(event: string, hear: (message: T) => void) =>
      socket.on(event, (message: T) => {
        if (this.#phase !== 'up') return
        this.#listen()
        hear(message)
      })
    socket.on('connect', () => this.#connected())
    socket.on('connect_error', (error: { data?: { code?: string } }) => {
      if (error.data?.code && !error.data.code.startsWith('node.')) this.#token.forget()
      this.#lost()
    })
    socket.on('disconnect', () => this.#lost())
    on('events', (envelopes: Envelope[]) => this.#deliver(envelopes))
    on('heads', (heads: Record<string, number>) => {
      for (const [id, head] of Object.entries(heads)) this.#joined(id)?.hearHead(head)
    })
    on('presence', ({ stream, users }: { stream: string; users: Present[] }) => this.#joined(stream)?.setPresent(users))
    on('revoked', ({ stream }: { stream: string }) => this.#streams.get(stream)?.lose())
    on('moving', ({ after }: { after: number }) => {
      const era = this.#era
      this.#host.clock.after(this.#host.clock.random() * after, () => era === this.#era && this.#reconnect())
    })
    return socket
  }

  #connected() {
    if (this.#phase !== 'connecting') return void this.#socket!.disconnect()
    this.#phase = 'up'
    this.#listen()
    this.#join([...this.#streams.values()])
  }

  #join(streams: Joinable[]) {
    if (streams.length === 0) return
    for (const stream of streams) stream.linked('joining')
    const requests = streams.map(({ id, ticket, replica }) => {
      const { epoch, seq } = replica!
      return { stream: id, ticket, epoch, after: seq }
    })
    this.#ask('join', requests)
  }

  #ask(event: 'join' | 'renew', requests: RenewRequest[]) {
    const era = this.#era
    this.#socket!.emit(event, requests, (answers: JoinAnswer[]) => {
      if (era !== this.#era) return
      if (!Array.isArray(answers)) return this.#lost()
      this.#listen()
      for (const answer of answers) this.#heed(answer)
    })
  }

  #heed(answer: JoinAnswer) {
    const stream = this.#streams.get(answer.stream)
    if (!stream) return
    if (!answer.ok) {
      this.#tryAgain(stream, answer.code)
      return stream.linked('refused')
    }
    this.#failures = 0
    this.#refusals.delete(stream.id)
    stream.joined(answer.head)
    if (!this.#plans.has(stream.id)) this.#planTicket(stream, this.#host.clock.random() * OVERDUE_SPREAD_MS)
    const state = this.#presence.get(stream.id)
    if (state) this.#socket!.emit('presence', { stream: stream.id, state })
  }

  /** Again at once, and less often when that, too, is refused. */
  #tryAgain(stream: Joinable, code: Refusal) {
    const refusals = this.#refusals.get(stream.id) ?? 0
    this.#refusals.set(stream.id, refusals + 1)
    const again = () => (code === 'resync' ? stream.resync() : void this.#renew(stream))
    if (refusals === 0) again()
    else this.#plans.set(stream.id, backoff(this.#host.clock, refusals + 1, LONGEST_RETRY_MS), again)
  }

  #planRenewal(stream: Joinable) {
    const life = lifeOf(stream.ticket, this.#host.clock.now())
    this.#planTicket(stream, life * (RENEW_FROM + RENEW_SPREAD * this.#host.clock.random()))
  }

  #planTicket(stream: Joinable, ms: number) {
    this.#plans.set(stream.id, ms, () => stream.link !== 'down' && void this.#renew(stream))
  }

  async #renew(stream: Joinable) {
    const isNew = await stream.renewTicket()
    if (this.#streams.get(stream.id) !== stream) return
    if (!isNew) return this.#planTicket(stream, backoff(this.#host.clock, 4, LONGEST_RETRY_MS))
    this.#planRenewal(stream)
    if (this.#phase !== 'up') return
    if (stream.link === 'joined') this.#ask('renew', [{ stream: stream.id, ticket: stream.ticket }])
    else this.#join([stream])
  }

  #deliver(envelopes: Envelope[]) {
    const byStream = new Map<string, Envelope[]>()
    for (const envelope of envelopes) {
      const group = byStream.get(envelope.stream)
      if (group) group.push(envelope)
      else byStream.set(envelope.stream, [envelope])
    }
    for (const [id, group] of byStream) this.#streams.get(id)?.receive(group)
  }

  #joined(id: string) {
    const stream = this.#streams.get(id)
    return stream?.link === 'joined' ? stream : undefined
  }

  #listen() {
    this.#callOffSilence()
    this.#callOffSilence = this.#host.clock.after(SILENCE_MS, () => this.#reconnect())
  }

  #reconnect() {
    this.#down('off')
    void this.#connect()
  }

  #lost() {
    if (this.#phase !== 'connecting' && this.#phase !== 'up') return
    this.#down('waiting')
    const pauseMs = backoff(this.#host.clock, this.#failures++, LONGEST_RETRY_MS)
    this.#callOffRetry = this.#host.clock.after(pauseMs, () => void this.#connect())
  }

  #down(phase: 'off' | 'waiting') {
    this.#era++
    this.#phase = phase
    this.#callOffSilence()
    this.#socket?.disconnect()
    for (const stream of this.#streams.values()) stream.linked('down')
  }
}
