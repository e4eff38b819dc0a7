import { channelOfProbe } from '@taskflow/shared/names.ts'
import { createClient } from 'redis'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Timing } from './limits.ts'

export type RedisLink = ReturnType<typeof createRedisLink>

interface LinkOptions {
  url: string
  node: string
  timing: Timing
  log: Logger
  /** Called after each reconnect: what was said meanwhile was not heard. It is called again until it succeeds. */
  recheck: () => Promise<void>
}

const RECHECK_AGAIN_MS = 500

/** The node's ear and voice. It proves by a probe every few seconds that what is published is also heard. */
export function createRedisLink({ url, node, timing, log, recheck }: LinkOptions) {
  const subscriber = createClient({ ...connection(url, timing), disableOfflineQueue: false })
  const publisher = createClient({ ...connection(url, timing), disableOfflineQueue: true })
  let lostAt = 0
  let checked = false
  let heardAt = 0
  let closed = false
  let round = 0
  let probing: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()
  const kept: Promise<void>[] = []

  const heardLatelyMs = timing.probeEveryMs + timing.redisLostAfterMs
  const isProven = (withinMs: number) => Date.now() - heardAt < withinMs

  const lose = () => {
    if (checked) lostAt = Date.now()
    checked = false
    round++
  }

  async function regain() {
    const mine = ++round
    for (let failures = 0; mine === round && !closed; failures++) {
      try {
        // Heard first, asked then: what is said in between is heard.
        await Promise.all(kept)
        await recheck()
        if (mine !== round) return
        checked = true
        for (const resume of waiting) resume()
        waiting.clear()
        return
      } catch (error) {
        if (failures === 0) log.warn({ err: error }, 'could not check what was missed; trying until it works')
        await delay(RECHECK_AGAIN_MS, null, { ref: false })
      }
    }
  }

  async function keepTrying(channel: string, listener: (message: string) => void): Promise<void> {
    while (!closed) {
      try {
        return await subscriber.subscribe(channel, listener)
      } catch {
        await delay(RECHECK_AGAIN_MS, null, { ref: false })
      }
    }
  }

  /** For the node's whole life; what it missed is not made up for before it hears all of these. */
  function keepHearing(channel: string, listener: (message: string) => void): Promise<void> {
    const hearing = keepTrying(channel, listener)
    kept.push(hearing)
    return hearing
  }

  const probe = () => publisher.publish(channelOfProbe(node), '').catch(() => {})

  let isAsked = false
  /** What is written counts as life on a socket, even when it arrives nowhere: only an answer shows that Redis is there. */
  function probeOrReconnect() {
    if (isAsked) {
      publisher.emit('error', new Error('Redis gives no answer'))
      publisher.destroy()
      publisher.connect().catch(() => {})
    } else if (publisher.isReady) {
      isAsked = true
      void probe().finally(() => (isAsked = false))
    }
  }

  for (const [role, client] of Object.entries({ subscriber, publisher })) {
    let down = false
    client.on('error', (error: Error) => {
      if (!down) log.warn({ err: error, role }, 'Redis is not reachable')
      down = true
    })
    client.on('ready', () => {
      if (down) log.info({ role }, 'Redis is back')
      down = false
      void probe()
    })
  }
  subscriber.on('error', lose)
  subscriber.on('ready', () => void regain())

  return {
    start() {
      keepHearing(channelOfProbe(node), () => (heardAt = Date.now())).then(probe, () => {})
      subscriber.connect().catch(() => {})
      publisher.connect().catch(() => {})
      probing = setInterval(probeOrReconnect, timing.probeEveryMs)
    },

    subscribe: (channel: string, listener: (message: string) => void) => subscriber.subscribe(channel, listener),
    unsubscribe: (channel: string, listener: (message: string) => void) => subscriber.unsubscribe(channel, listener),
    keepHearing,

    /** For what may be lost. */
    publish: (channel: string, message: string) => void publisher.publish(channel, message).catch(() => {}),

    /** Connected, and what was missed before has been made up for. */
    isChecked: () => checked,
    /** A short break does not count: facts are only late then, and the check after it finds the lost ones. */
    isLive: () => (checked || Date.now() - lostAt < timing.redisLostAfterMs) && isProven(heardLatelyMs),
    isProven: () => isProven(timing.probeValidMs),

    /** Resolves when checked, or when whoever asks has given up. */
    whenChecked: (givenUp: Promise<unknown>) =>
      new Promise<void>((resolve) => {
        waiting.add(resolve)
        void givenUp.then(() => {
          waiting.delete(resolve)
          resolve()
        })
      }),

    close() {
      closed = true
      clearInterval(probing)
      subscriber.destroy()
      publisher.destroy()
    },
  }
}

function connection(url: string, timing: Timing) {
  return {
    url,
    RESP: 2 as const,
    disableClientInfo: true,
    socket: {
      connectTimeout: 2_000,
      // To the ear the probe is traffic: a silent connection is a dead one.
      socketTimeout: timing.probeEveryMs * 2 + 1_000,
      reconnectStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 1_000),
    },
  }
}
