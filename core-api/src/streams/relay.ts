import { CHANNEL_OF_ALL_STREAMS, channelOfStream, streamOfChannel } from '@taskflow/shared/names.ts'
import type { Pool } from 'pg'
import type { Log } from '../log.ts'
import type { Redis } from '../redis.ts'
import type { Recorded } from './record.ts'

const SWEEP_EVERY_MS = 400
/** Longer than a transaction may stay open after recording: what commits late is still looked at. */
const SWEEP_BACK_MS = 8_000
/** After a start or an outage of Redis: as long as a reader may go without noticing. */
const SWEEP_FAR_BACK_MS = 600_000
const REMEMBERED_STREAMS = 50_000

interface Waiter {
  after: number
  wake: () => void
}

export type Relay = ReturnType<typeof createRelay>

/**
 * The one place that publishes. It listens to its own publications: a fact that the database has and that was never
 * heard was committed by a process that died before it could publish, or while Redis was away, and is published again.
 */
export function createRelay({ pool, redis, log }: { pool: Pool; redis: Redis; log: Log }) {
  const heard = new Map<string, number>()
  const waiting = new Map<string, Set<Waiter>>()
  let lookFarBack = true
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const hear = (stream: string, seq: number) => {
    if (seq <= (heard.get(stream) ?? 0)) return
    heard.delete(stream)
    heard.set(stream, seq)
    if (heard.size > REMEMBERED_STREAMS) heard.delete(heard.keys().next().value!)
    wake(stream, seq)
  }

  const wake = (stream: string, seq: number) => {
    for (const waiter of waiting.get(stream) ?? []) if (waiter.after < seq) waiter.wake()
  }

  const send = (stream: string, text: string) => {
    if (redis.publisher.isReady)
      redis.publisher.publish(channelOfStream(stream), text).catch(() => (lookFarBack = true))
    else lookFarBack = true
  }

  async function sweep(): Promise<void> {
    const canPublish = redis.publisher.isReady && redis.subscriber.isReady
    // While nobody can be told through Redis, those who wait here are still told.
    if (!canPublish && waiting.size === 0) return void (lookFarBack = true)
    const farBack = canPublish && lookFarBack
    lookFarBack = !canPublish
    try {
      const { rows } = await pool.query<{ stream: string; seq: number }>({
        name: 'recent_heads',
        text: `select stream, seq::int from recent_heads(make_interval(secs => $1))`,
        values: [(farBack ? SWEEP_FAR_BACK_MS : SWEEP_BACK_MS) / 1000],
      })
      for (const { stream, seq } of rows) {
        if (seq <= (heard.get(stream) ?? 0)) continue
        // Redis may take what it never passes on: those who wait here do not depend on it.
        wake(stream, seq)
        if (canPublish) await publishAgain(stream, seq)
      }
    } catch (error) {
      lookFarBack ||= farBack
      log.debug({ err: error }, 'the sweep for unpublished facts could not run')
    }
  }

  /** The last fact is enough: whoever misses the ones before it sees the gap and catches up. */
  async function publishAgain(stream: string, seq: number) {
    const { rows } = await pool.query<{ facts: string }>({
      name: 'facts_of_stream',
      text: 'select facts from facts_of_stream($1, $2, 1)',
      values: [stream, seq - 1],
    })
    send(stream, rows[0]!.facts)
  }

  const loop = async () => {
    await sweep()
    if (!stopped) timer = setTimeout(loop, SWEEP_EVERY_MS)
  }

  return {
    async start() {
      redis.subscriber.on('ready', () => (lookFarBack = true))
      void redis.subscriber
        .pSubscribe(CHANNEL_OF_ALL_STREAMS, (text, channel) => hear(streamOfChannel(channel), seqOf(text)))
        .catch((error: Error) => log.warn({ err: error }, 'cannot listen to the streams'))
      timer = setTimeout(loop, SWEEP_EVERY_MS)
    },

    publish(facts: Recorded[]) {
      for (const { stream, seq, text } of facts) {
        wake(stream, seq)
        send(stream, text)
      }
    },

    /** Resolves when the stream moves beyond `after`, or when the time is over. */
    movedBeyond(stream: string, after: number, withinMs: number, signal: AbortSignal): Promise<void> {
      if (signal.aborted || (heard.get(stream) ?? 0) > after) return Promise.resolve()
      return new Promise((resolve) => {
        const waiters = waiting.get(stream) ?? new Set()
        waiting.set(stream, waiters)
        const done = () => {
          clearTimeout(timeout)
          signal.removeEventListener('abort', done)
          waiters.delete(waiter)
          if (waiters.size === 0) waiting.delete(stream)
          resolve()
        }
        const waiter = { after, wake: done }
        const timeout = setTimeout(done, withinMs)
        signal.addEventListener('abort', done)
        waiters.add(waiter)
      })
    },

    close() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Every envelope begins with its stream, epoch and seq. */
const seqOf = (text: string) => Number(/"seq":(\d+)/.exec(text)?.[1] ?? 0)
