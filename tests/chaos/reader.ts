import type { StreamPosition } from '@taskflow/shared/dto/board.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { Person } from '../../core-api/src/testing/person.ts'
import type { Ledger } from './ledger.ts'

const TICKET_GOOD_MS = 5 * 60_000
const GAP_MS = 150
const ANSWERED_WITHIN_MS = 8_000

interface Followed extends StreamPosition {
  ticketAt: number
  facts: Envelope[]
  /** Whether the socket of this moment has taken it in. */
  isJoined: boolean
}

export type Reader = ReturnType<typeof openReader>

interface ReaderOptions {
  person: Person
  url: string
  ledger: Ledger
}

/** A client written by somebody else from the contract alone: it keeps every fact that it was ever given. */
export function openReader({ person, url, ledger }: ReaderOptions) {
  const streams = new Map<string, Followed>()
  const counts = { connects: 0, gaps: 0, fetched: 0 }
  let socket: Socket | undefined
  let closed = false

  async function get<T>(path: string): Promise<T> {
    const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS)
    const answer = await fetch(url + path, { headers: { cookie: person.cookie }, signal })
    if (!answer.ok) throw Object.assign(new Error(`${path} → ${answer.status}`), { status: answer.status })
    return (await answer.json()) as T
  }

  function take(followed: Followed, fact: Envelope) {
    if (fact.seq <= followed.seq) return
    followed.seq = fact.seq
    followed.facts.push(fact)
    ledger.know(followed.id, fact.seq)
  }

  function hear(facts: Envelope[]) {
    for (const fact of facts) {
      const followed = streams.get(fact.stream)
      if (!followed) ledger.fault(`The reader heard ${fact.stream}, which it had not joined`)
      else if (fact.seq > followed.seq + 1) void fillGap(followed)
      else take(followed, fact)
    }
  }

  async function fillGap(followed: Followed) {
    counts.gaps++
    await delay(GAP_MS)
    await fetchMissing(followed).catch(() => {})
  }

  async function fetchMissing(followed: Followed) {
    counts.fetched++
    const { id, epoch, seq } = followed
    const page = await get<{ epoch: string; events: Envelope[] }>(
      `/api/streams/${id}/events?epoch=${epoch}&after=${seq}`,
    )
    for (const fact of page.events) take(followed, fact)
  }

  async function follow(id: string): Promise<void> {
    const position = await get<StreamPosition>(`/api/streams/${id}/ticket`)
    const followed = streams.get(id)
    ledger.know(id, position.seq)
    if (!followed) streams.set(id, { ...position, ticketAt: Date.now(), facts: [], isJoined: false })
    else Object.assign(followed, { ticket: position.ticket, ticketAt: Date.now() })
    if (followed && followed.epoch !== position.epoch) ledger.fault(`The epoch of ${id} changed`)
  }

  async function join(joining: Socket) {
    for (const followed of streams.values()) {
      followed.isJoined = false
      if (Date.now() - followed.ticketAt > TICKET_GOOD_MS) await follow(followed.id)
    }
    const requests = [...streams.values()].map(({ id, ticket, epoch, seq }) => ({
      stream: id,
      ticket,
      epoch,
      after: seq,
    }))
    const answers: JoinAnswer[] = await joining.timeout(ANSWERED_WITHIN_MS).emitWithAck('join', requests)
    for (const answer of answers) {
      const followed = streams.get(answer.stream)!
      followed.isJoined = answer.ok
      if (answer.ok && followed.seq < answer.head) {
        ledger.fault(`A join was answered at ${answer.head} when only ${followed.seq} had been sent`)
      }
      if (!answer.ok && answer.code === 'denied') ledger.fault(`The reader was denied ${answer.stream}`)
      if (!answer.ok && answer.code === 'expired') followed.ticketAt = 0
      if (!answer.ok) throw new Error(answer.code)
    }
  }

  async function session() {
    const { token } = await get<{ token: string }>('/api/auth/token')
    const opened: Socket = (socket = io(url, {
      path: '/ws',
      transports: ['websocket'],
      auth: { token },
      extraHeaders: { origin: url },
      reconnection: false,
      forceNew: true,
      timeout: 3_000,
    }))
    const ended = new Promise<void>((resolve) => opened.once('disconnect', () => resolve()))
    opened.on('events', hear)
    opened.on('heads', (heads: Record<string, number>) => {
      for (const [id, head] of Object.entries(heads)) {
        const followed = streams.get(id)!
        if (head > followed.seq) void fillGap(followed)
      }
    })
    opened.on('revoked', ({ stream }: { stream: string }) => ledger.fault(`The reader lost ${stream}`))
    opened.on('moving', () => opened.disconnect())
    try {
      await new Promise<void>((resolve, reject) => opened.once('connect', resolve).once('connect_error', reject))
      counts.connects++
      await join(opened)
      await ended
    } finally {
      opened.close()
      for (const followed of streams.values()) followed.isJoined = false
    }
  }

  async function run() {
    while (!closed) {
      await session().catch(() => {})
      // Where sockets do not come up, facts are fetched.
      await Promise.all([...streams.values()].map((followed) => fetchMissing(followed).catch(() => {})))
      await delay(100 + 200 * Math.random())
    }
  }

  return {
    counts,
    async start(ids: string[]) {
      for (const id of ids) await follow(id)
      void run()
    },
    seqOf: (id: string) => streams.get(id)!.seq,
    isJoined: () => [...streams.values()].every(({ isJoined }) => isJoined),
    factsOf: (id: string) => streams.get(id)!.facts,
    close() {
      closed = true
      socket?.close()
    },
  }
}
