import { CHANNEL_OF_PRESENCE } from '@taskflow/shared/names.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import { z } from 'zod'
import { messageFrame } from './frames.ts'
import type { Timing } from './limits.ts'
import type { Membership } from './membership.ts'
import type { Peer } from './peer.ts'
import type { RedisLink } from './redis-link.ts'
import type { Subscriptions } from './subscriptions.ts'

const STATE_LIMIT_BYTES = 256
const USERS_LIMIT = 100
const STREAMS_PER_GOSSIP = 50
/** A crowd is told less often: each round costs a frame per socket. */
const SLOWER_PER_SOCKET_MS = 2
const SLOWEST_MS = 3_000

const Someone = z.object({
  id: z.string(),
  name: z.string(),
  state: z.record(z.string(), z.unknown()),
  at: z.number(),
})
const Gossip = z.object({
  node: z.string(),
  /** Who is in a stream by this node; an empty list: nobody any more. */
  lists: z.record(z.string(), z.array(Someone)).optional(),
  ask: z.array(z.string()).optional(),
  leaving: z.boolean().optional(),
})
type Someone = z.infer<typeof Someone>

interface Room {
  here: Map<Peer, Someone>
  elsewhere: Map<string, { users: Someone[]; until: number }>
  tellTimer?: NodeJS.Timeout | undefined
  toldAt: number
}

export type Presence = ReturnType<typeof createPresence>

interface PresenceOptions {
  node: string
  link: Pick<RedisLink, 'publish' | 'keepHearing'>
  subscriptions: Subscriptions
  timing: Timing
}

/** Who is looking at what, passed on between nodes by word of mouth; nothing of it is kept. */
export function createPresence({ node, link, subscriptions, timing }: PresenceOptions) {
  const rooms = new Map<string, Room>()
  const toGossip = new Set<string>()
  const toAsk = new Set<string>()
  let gossipTimer: NodeJS.Timeout | undefined
  let refreshTimer: NodeJS.Timeout | undefined

  const roomOf = (stream: string): Room => {
    const room = rooms.get(stream) ?? { here: new Map(), elsewhere: new Map(), toldAt: 0 }
    rooms.set(stream, room)
    return room
  }

  function set({ peer, stream }: Membership, state: Record<string, unknown>) {
    if (Buffer.byteLength(JSON.stringify(state)) > STATE_LIMIT_BYTES) return
    roomOf(stream.id).here.set(peer, { id: peer.userId, name: peer.name, state, at: Date.now() })
    changedHere(stream.id)
  }

  function left({ peer, stream }: Membership) {
    if (rooms.get(stream.id)?.here.delete(peer)) changedHere(stream.id)
  }

  function changedHere(stream: string) {
    gossip(toGossip, stream)
    tellSoon(stream)
  }

  /** The newcomer is told at once who is there; the other nodes are asked when nobody here knew the stream. */
  function greet({ peer, stream }: Membership) {
    const room = rooms.get(stream.id)
    if (!room) {
      roomOf(stream.id)
      return gossip(toAsk, stream.id)
    }
    const users = usersIn(room)
    if (users.length > 0) peer.write(messageFrame('presence', { stream: stream.id, users }))
  }

  function tellSoon(id: string) {
    const room = roomOf(id)
    const listeners = subscriptions.find(id)?.live.size ?? 0
    const spacing = Math.min(timing.presenceEveryMs + SLOWER_PER_SOCKET_MS * listeners, SLOWEST_MS)
    room.tellTimer ??= setTimeout(() => tell(id, room), Math.max(room.toldAt + spacing - Date.now(), 20))
  }

  function tell(id: string, room: Room) {
    room.tellTimer = undefined
    room.toldAt = Date.now()
    const stream = subscriptions.find(id)
    if (!stream || stream.live.size === 0) return
    const frame = messageFrame('presence', { stream: id, users: usersIn(room) })
    for (const { peer } of stream.live) peer.write(frame)
  }

  function gossip(what: Set<string>, stream: string) {
    what.add(stream)
    gossipTimer ??= setTimeout(speak, timing.presenceEveryMs / 2)
  }

  function speak() {
    gossipTimer = undefined
    const streams = [...toGossip]
    const ask = [...toAsk]
    toGossip.clear()
    toAsk.clear()
    if (ask.length > 0) say({ node, ask })
    for (let from = 0; from < streams.length; from += STREAMS_PER_GOSSIP) {
      const part = streams.slice(from, from + STREAMS_PER_GOSSIP)
      say({ node, lists: Object.fromEntries(part.map((stream) => [stream, listHere(stream)])) })
    }
  }

  const say = (words: z.infer<typeof Gossip>) => link.publish(CHANNEL_OF_PRESENCE, JSON.stringify(words))

  const listHere = (stream: string) => latestOf(rooms.get(stream)?.here.values() ?? [])

  function hear(message: string) {
    const words = readGossip(message)
    if (!words || words.node === node) return
    for (const stream of words.ask ?? []) if (rooms.get(stream)?.here.size) gossip(toGossip, stream)
    for (const [stream, users] of Object.entries(words.lists ?? {})) hearList(words.node, stream, users)
    if (words.leaving) for (const stream of rooms.keys()) hearList(words.node, stream, [])
  }

  function hearList(from: string, stream: string, users: Someone[]) {
    const room = rooms.get(stream)
    if (!room) return
    const before = room.elsewhere.get(from)?.users ?? []
    if (users.length === 0) room.elsewhere.delete(from)
    else room.elsewhere.set(from, { users, until: Date.now() + timing.presenceLeaseMs })
    if (JSON.stringify(before) !== JSON.stringify(users)) tellSoon(stream)
  }

  /** Renews the lease of who is here, and drops those whose node has fallen silent. */
  function refresh(now = Date.now()) {
    for (const [id, room] of rooms) {
      if (room.here.size > 0) gossip(toGossip, id)
      for (const [from, { until }] of room.elsewhere) {
        if (until > now) continue
        room.elsewhere.delete(from)
        tellSoon(id)
      }
      if (!subscriptions.find(id)?.isUsed && room.here.size === 0) drop(id, room)
    }
  }

  function drop(id: string, room: Room) {
    clearTimeout(room.tellTimer)
    rooms.delete(id)
  }

  return {
    set,
    left,
    greet,
    start() {
      void link.keepHearing(CHANNEL_OF_PRESENCE, hear)
      refreshTimer = setInterval(refresh, timing.presenceRefreshMs)
    },
    close() {
      say({ node, leaving: true })
      clearTimeout(gossipTimer)
      clearInterval(refreshTimer)
      for (const [id, room] of rooms) drop(id, room)
    },
  }
}

function usersIn(room: Room): Present[] {
  const elsewhere = [...room.elsewhere.values()].flatMap(({ users }) => users)
  return latestOf([...room.here.values(), ...elsewhere]).map(({ id, name, state }) => ({ id, name, state }))
}

/** One line per person: the latest of what their tabs say. */
function latestOf(all: Iterable<Someone>): Someone[] {
  const byId = new Map<string, Someone>()
  for (const someone of all) if (someone.at >= (byId.get(someone.id)?.at ?? 0)) byId.set(someone.id, someone)
  return [...byId.values()].toSorted((a, b) => b.at - a.at).slice(0, USERS_LIMIT)
}

function readGossip(message: string): z.infer<typeof Gossip> | null {
  try {
    return Gossip.parse(JSON.parse(message))
  } catch {
    return null
  }
}
