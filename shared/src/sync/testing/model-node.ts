import type { Envelope } from '../../events/envelope.ts'
import type { JoinAnswer, JoinRequest } from '../../socket/up.ts'
import type { Socket } from '../edges.ts'
import type { FakeClock } from './fake-clock.ts'
import type { Session } from './model-http.ts'
import type { ModelServer } from './model-server.ts'
import { read } from './passes.ts'
import type { Weather } from './weather.ts'

const HEADS_MS = 9_000
const LATE_MS = 400
const MOVING_MS = 2_000

/** The realtime service, worse than the real one: it may drop, repeat and mix up what it sends. */
export class ModelNode {
  /** Cut off from the bus: neither facts nor heads reach it. */
  isDeaf = false
  sockets = new Set<ModelSocket>()
  #clock: FakeClock
  #server: () => ModelServer

  constructor(clock: FakeClock, server: () => ModelServer) {
    this.#clock = clock
    this.#server = server
    const beat = () => {
      if (!this.isDeaf) for (const socket of this.sockets) socket.sendHeads()
      clock.after(HEADS_MS, beat)
    }
    clock.after(HEADS_MS, beat)
  }

  /** To everybody in the stream: who is there, as they said. */
  sayWhoIsThere(stream: string) {
    const listening = [...this.sockets].filter(({ streams }) => streams.has(stream))
    const users = listening.flatMap(({ session, presence }) => {
      const state = presence.get(stream)
      return state ? [{ id: session.userId, name: session.userId, state }] : []
    })
    for (const socket of listening) socket.sendPresence({ stream, users })
  }

  cut(session: Session) {
    for (const socket of [...this.sockets]) if (socket.session === session) socket.cut()
  }

  tellToMove() {
    for (const socket of this.sockets) socket.tellToMove(MOVING_MS)
  }

  publish(facts: Envelope[]) {
    if (this.isDeaf) return
    for (const socket of this.sockets) for (const fact of facts) socket.sendFact(fact)
  }

  socketFor(session: Session, weather: Weather): Socket {
    return new ModelSocket(this, { clock: this.#clock, server: this.#server, session, weather })
  }
}

interface Around {
  clock: FakeClock
  server: () => ModelServer
  session: Session
  weather: Weather
}

class ModelSocket implements Socket {
  auth: unknown
  #node: ModelNode
  #around: Around
  #listeners = new Map<string, (...args: never[]) => void>()
  #streams = new Set<string>()
  readonly presence = new Map<string, object>()
  #isConnected = false
  /** What is under way on an earlier connection never arrives. */
  connection = 0
  #lastArrival = 0

  constructor(node: ModelNode, around: Around) {
    this.#node = node
    this.#around = around
  }

  on(event: string, listener: (...args: never[]) => void) {
    this.#listeners.set(event, listener)
  }

  connect() {
    const connection = ++this.connection
    const { clock, weather } = this.#around
    clock.after(weather.latencyMs() * 2, () => {
      if (connection !== this.connection) return
      const refusal = this.#refusal()
      if (refusal) return this.#hear('connect_error', refusal)
      this.#isConnected = true
      this.#node.sockets.add(this)
      this.#hear('connect')
    })
  }

  disconnect() {
    this.cut()
  }

  get session() {
    return this.#around.session
  }

  get streams(): ReadonlySet<string> {
    return this.#streams
  }

  /** The connection is gone; both sides notice. */
  cut() {
    this.connection++
    const streams = [...this.#streams]
    this.#streams.clear()
    this.presence.clear()
    this.#node.sockets.delete(this)
    for (const stream of streams) this.#node.sayWhoIsThere(stream)
    if (!this.#isConnected) return
    this.#isConnected = false
    this.#hear('disconnect', 'transport close')
  }

  emit(event: string, payload: any, ack: any) {
    const connection = this.connection
    const { clock, weather } = this.#around
    clock.after(weather.latencyMs(), () => {
      if (connection !== this.connection || !this.#isConnected || weather.isOffline) return
      if (event === 'leave') for (const stream of payload) this.#streams.delete(stream)
      if (event === 'join')
        this.#arrive(
          ack,
          payload.map((request: JoinRequest) => this.#join(request)),
        )
      if (event === 'presence') {
        this.presence.set(payload.stream, payload.state)
        this.#node.sayWhoIsThere(payload.stream)
      }
      if (event === 'renew')
        this.#arrive(
          ack,
          payload.map((request: JoinRequest) => this.#admit(request)),
        )
    })
  }

  sendFact(fact: Envelope) {
    const { server, session, weather, clock } = this.#around
    if (!this.#streams.has(fact.stream)) return
    if (!server().mayRead(session.userId, fact.stream)) {
      this.#streams.delete(fact.stream)
      return this.#send('revoked', { stream: fact.stream })
    }
    const fate = weather.facts.shift()
    if (fate === 'dropped') return
    if (fate === 'late') return void clock.after(LATE_MS, () => this.#send('events', [fact]))
    this.#send('events', [fact])
    if (fate === 'twice') this.#send('events', [fact])
  }

  sendHeads() {
    this.#send('heads', Object.fromEntries([...this.#streams].map((id) => [id, this.#around.server().head(id)])))
  }

  sendPresence(presence: object) {
    this.#send('presence', presence)
  }

  tellToMove(after: number) {
    this.#send('moving', { after })
  }

  #join(request: JoinRequest): JoinAnswer {
    const { stream, epoch, after } = request
    const answer = this.#admit(request)
    const missed = this.#around.server().factsAfter(stream, epoch, after)
    if (!answer.ok) return answer
    if (!missed || this.#node.isDeaf) return { stream, ok: false, code: 'resync' }
    this.#streams.add(stream)
    if (missed.length > 0) this.#send('events', missed)
    return answer
  }

  #admit({ stream, ticket }: { stream: string; ticket: string }): JoinAnswer {
    const { server, session, clock } = this.#around
    const claims = read(ticket)
    if (claims.exp * 1000 < clock.now()) return { stream, ok: false, code: 'expired' }
    if (claims.sub !== session.userId || claims.stream !== stream) return { stream, ok: false, code: 'denied' }
    if (!server().mayRead(session.userId, stream)) return { stream, ok: false, code: 'denied' }
    return { stream, ok: true, head: server().head(stream) }
  }

  #refusal() {
    const { session, weather, clock } = this.#around
    if (weather.isOffline || weather.isSocketBlocked) return new Error('websocket error')
    const isExpired = read((this.auth as { token: string }).token).exp * 1000 < clock.now()
    return session.isOver || isExpired ? Object.assign(new Error('refused'), { data: { code: 'session.ended' } }) : null
  }

  #send(event: string, payload: unknown) {
    this.#arrive((message) => this.#hear(event, message), payload)
  }

  /** In the order of sending, like anything on one connection. */
  #arrive(reach: (message: unknown) => void, payload: unknown) {
    const connection = this.connection
    const { clock, weather } = this.#around
    const at = Math.max(this.#lastArrival, clock.now() + weather.latencyMs())
    this.#lastArrival = at
    clock.after(at - clock.now(), () => {
      if (connection === this.connection && !weather.isOffline) reach(structuredClone(payload))
    })
  }

  #hear(event: string, ...args: unknown[]) {
    this.#listeners.get(event)?.(...(args as never[]))
  }
}
