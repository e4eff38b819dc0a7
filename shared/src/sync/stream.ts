import type { Envelope } from '../events/envelope.ts'
import { parseStream } from '../names.ts'
import type { Present } from '../socket/down.ts'
import { CatchingUp, type Need } from './catching-up.ts'
import { get, HttpFailure } from './http.ts'
import { CONFIRMED_MS, GAP_MS, type Link, Liveness, type Status } from './liveness.ts'
import { Replica, type Snapshot } from './replica.ts'
import type { Source, StreamHost } from './source.ts'

type Page = { epoch: string; head: number; events: Envelope[] }

const WAIT_SECONDS = 25
const HELD_LIMIT_MS = (WAIT_SECONDS + 10) * 1000
/** A socket that is back by then has cost the API nothing. */
const GRACE_MS = 3_000
const GRACE_SPREAD_MS = 2_000

/** One stream kept up to date: by what the socket delivers, and over HTTP whenever that does not suffice. */
export class Stream<State = unknown> {
  readonly id: string
  replica: Replica<State> | null = null
  ticket = ''
  present: Present[] = []
  #source: Source<State>
  #host: StreamHost
  #live = new Liveness()
  #status: Status
  #catchingUp: CatchingUp
  #needsSnapshot = true
  #callOffGap = () => {}
  #callOffExpiry = () => {}

  constructor(source: Source<State>, host: StreamHost, snapshot?: Snapshot<State>) {
    this.id = source.id
    this.#source = source
    this.#host = host
    this.#status = { is: 'not live', reason: 'connecting', since: host.clock.now() }
    this.#catchingUp = new CatchingUp(host.clock, parseStream(source.id)?.kind === 'board', {
      need: () => this.#need(),
      read: (holds, abort) => (this.#needsSnapshot ? this.#readSnapshot(abort) : this.#readPage(holds, abort)),
      failed: (error) => this.#fail(error),
    })
    if (snapshot) this.#start(snapshot)
  }

  open() {
    if (!this.replica) return this.#catchingUp.now()
    this.#planPolling()
    this.#host.ready()
  }

  get status(): Status {
    const now = this.#host.clock.now()
    const next = this.#live.at(now, this.replica?.seq ?? Infinity)
    const isSame = Object.entries(next).every(([key, value]) => this.#status[key as 'is'] === value)
    return isSame ? this.#status : (this.#status = { ...next, since: now } as Status)
  }

  get isGone(): boolean {
    return this.#live.isGone
  }

  get link(): Link {
    return this.#live.link
  }

  joined(head: number) {
    this.#live.linked('joined')
    this.#catchingUp.release()
    // Facts may overtake the answer, which waits for all the streams that were asked for with it.
    this.hearHead(Math.max(head, this.#live.reached))
  }

  linked(link: Exclude<Link, 'joined'>) {
    if (link === this.#live.link) return
    this.#live.linked(link)
    if (link === 'down') this.#planPolling()
    else if (link === 'refused') this.#catchingUp.now()
    else this.#catchingUp.release()
    this.#changed()
  }

  /** What the socket delivered. */
  receive(envelopes: Envelope[]) {
    if (!this.replica) return
    const { epoch } = this.replica
    const known = envelopes.filter((envelope) => envelope.epoch === epoch)
    if (known.length < envelopes.length) this.#catchingUp.now()
    for (const { seq } of known) this.#live.delivered(seq)
    this.#changed(this.#apply(known))
  }

  /** The last position, as the socket's service knows it. */
  hearHead(head: number) {
    this.#live.delivered(head)
    this.#hearHead(head)
    if (this.replica?.isBehind) this.#catchingUp.now()
    this.#changed()
  }

  /** A fact is at this position; it should be on its way. */
  hear(seq: number) {
    this.replica?.hear(seq)
    this.#changed()
  }

  /** Facts do not lead from here to the present. */
  resync() {
    this.#needsSnapshot = true
    this.#catchingUp.afresh()
    this.#changed()
  }

  wake() {
    this.#live.signedOut = false
    if (!this.#live.isGone) this.#catchingUp.afresh()
  }

  signOut() {
    this.#live.signedOut = true
    this.#changed()
  }

  async renewTicket(): Promise<boolean> {
    try {
      const path = `/api/streams/${this.id}/ticket`
      const { ticket, epoch, seq } = await get<{ ticket: string; epoch: string; seq: number }>(this.#host, path)
      this.ticket = ticket
      if (epoch === this.replica?.epoch) this.hear(seq)
      return true
    } catch (error) {
      this.#fail(error)
      return false
    }
  }

  setPresent(users: Present[]) {
    this.present = users
    this.#host.changed([])
  }

  /** The right to read it has ended: nothing of it is kept. */
  lose() {
    this.close()
    this.#live.isGone = true
    this.replica = null
    this.present = []
    this.#host.changed([])
  }

  close() {
    this.#catchingUp.stop()
    this.#callOffGap()
    this.#callOffExpiry()
  }

  #need(): Need {
    const { isGone, signedOut, link } = this.#live
    if (isGone || signedOut) return 'nothing'
    if (this.#needsSnapshot || this.replica!.isBehind) return 'missing'
    if (link === 'joining' || link === 'joined')
      return this.#live.isConfirmed(this.#host.clock.now()) ? 'nothing' : 'missing'
    return 'next'
  }

  async #readSnapshot(abort: AbortController): Promise<boolean> {
    const snapshot = await this.#source.read((path) => get(this.#host, path, undefined, abort))
    if (abort.signal.aborted) return false
    this.#start(snapshot)
    this.#host.ready()
    this.#changed()
    return true
  }

  async #readPage(holds: boolean, abort: AbortController): Promise<boolean> {
    const { epoch, seq } = this.replica!
    const query = `epoch=${encodeURIComponent(epoch)}&after=${seq}${holds ? `&wait=${WAIT_SECONDS}` : ''}`
    const limitMs = holds ? HELD_LIMIT_MS : undefined
    const page = await get<Page>(this.#host, `/api/streams/${this.id}/events?${query}`, limitMs, abort)
    if (abort.signal.aborted) return false
    this.#live.serverFails = false
    const applied = this.#apply(page.events)
    this.#hearHead(page.head)
    this.#changed(applied)
    return applied.length > 0
  }

  #start(snapshot: Snapshot<State>) {
    const known = this.replica
    const wasRewritten = known !== null && known.epoch !== snapshot.stream.epoch
    if (known) known.restart(snapshot)
    else this.replica = new Replica(snapshot, this.#source.apply)
    this.ticket = snapshot.stream.ticket
    this.#needsSnapshot = false
    this.#live.serverFails = false
    if (wasRewritten) this.#host.rewritten()
  }

  #apply(envelopes: Envelope[]): Envelope[] {
    try {
      return this.replica!.receive(envelopes)
    } catch {
      // A fact that this version cannot apply: the server's snapshot has it applied.
      this.resync()
      return []
    }
  }

  #hearHead(head: number) {
    const { replica } = this
    replica?.hear(head)
    if (!replica || replica.seq !== head) return
    this.#live.confirmed(this.#host.clock.now())
    this.#callOffExpiry()
    this.#callOffExpiry = this.#host.clock.after(CONFIRMED_MS + 1, () => {
      if (this.link === 'joined') this.#host.unconfirmed()
      this.#changed()
    })
  }

  #fail(error: unknown) {
    const status = error instanceof HttpFailure ? error.status : 0
    if (status === 404) return this.lose()
    if (status === 401) this.#host.signedOut()
    else if (status === 410) this.#needsSnapshot = true
    else this.#live.serverFails = true
    this.#changed()
  }

  #planPolling() {
    const { clock } = this.#host
    if (this.#need() === 'next') this.#catchingUp.plan(GRACE_MS + clock.random() * GRACE_SPREAD_MS)
  }

  /** Being behind is ordinary while a fact is on its way in; then it is looked for. */
  #changed(applied: Envelope[] = []) {
    const { clock } = this.#host
    const isBehind = this.replica !== null && (this.#needsSnapshot || this.replica.isBehind)
    if (isBehind && this.#live.behindSince === null) {
      this.#live.behindSince = clock.now()
      this.#callOffGap = clock.after(GAP_MS, () => {
        this.#catchingUp.now()
        this.#changed()
      })
    }
    if (!isBehind && this.#live.behindSince !== null) {
      this.#live.behindSince = null
      this.#callOffGap()
    }
    this.#host.changed(applied)
  }
}
