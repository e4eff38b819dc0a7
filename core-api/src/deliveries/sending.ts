import { setTimeout as pause } from 'node:timers/promises'
import type { CoreDeps } from '../core-deps.ts'
import { Unavailable } from '../errors.ts'
import { toProblem } from '../http/problems.ts'
import type { DeliveryKind } from '@taskflow/shared/dto/operations.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { type Channel, channels as allChannels, type Outcome } from './senders.ts'

const LOOK_EVERY_MS = 1_000
/** Taken over by others when its sender says nothing for so long. */
const LEASE_MS = 30_000
const HOLD_EVERY_MS = 10_000
const JITTER = 0.2
/** For writing down what was broken off at the end. */
const LAST_WORDS_MS = 2_000
const SETTLE_AGAIN_MS = [100, 200, 400, 800]

type Channels = Partial<Record<DeliveryKind, Channel>>

const CLAIM = `
  select id, workspace_id as "workspaceId", user_id as "userId", kind, purpose, recipient, target_id as "targetId",
    task_id as "taskId", notification_ids as "notificationIds", payload, attempts, uncounted,
    iso(created_at) as "createdAt"
  from claim_deliveries($1, $2, $3)`
const HOLD = 'select hold_deliveries($1, $2, $3)'
const SETTLE = 'select settle_delivery($1, $2, $3, $4, $5, $6, $7, $8, $9)'

export type Sending = ReturnType<typeof startSending>

/** Sends what is due, as long as the process lives; any number of workers share the work. */
export function startSending(deps: CoreDeps, channels: Channels = allChannels) {
  const { pool, log, clock } = deps
  const underWay = new Map<OutgoingMessage, Promise<void>>()
  const stopping = new AbortController()
  let looking: Promise<void> | undefined
  let again = false
  let isHeld = true
  let stopped = false

  function wake(): void {
    if (stopped) return
    again = true
    looking ??= lookWhileAsked().finally(() => (looking = undefined))
  }

  async function lookWhileAsked(): Promise<void> {
    while (again && !stopped) {
      again = false
      try {
        await claim()
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be looked at')
      }
    }
  }

  async function claim(): Promise<void> {
    // Otherwise what is under way here might be taken for a dead sender's.
    if (!isHeld) await hold()
    if (!isHeld) return
    const room = roomLeft(channels, [...underWay.keys()])
    if (Object.keys(room).length === 0) return
    const now = clock.now()
    const { rows } = await pool.query<OutgoingMessage>(CLAIM, [
      JSON.stringify(room),
      new Date(now),
      new Date(now + LEASE_MS),
    ])
    for (const row of rows) {
      const delivery = { ...row, createdAt: new Date(row.createdAt) }
      underWay.set(
        delivery,
        attempt(delivery).finally(() => done(delivery)),
      )
    }
    // Those of a receiver that has enough for now may have stood before others.
    if (rows.length > 0) again = true
  }

  function done(delivery: OutgoingMessage): void {
    underWay.delete(delivery)
    wake()
  }

  async function attempt(delivery: OutgoingMessage): Promise<void> {
    const channel = channels[delivery.kind]!
    try {
      const outcome = await channel.send(deps, delivery, stopping.signal).catch(failureOf)
      await settle(toRow(delivery, outcome, channel, clock.now()))
      report(deps, delivery, outcome)
    } catch (error) {
      log.error({ err: error, delivery: delivery.id }, 'what became of a message could not be written down')
    }
  }

  /** Not written down it would be sent again: while the database is away, this waits for it and keeps the message. */
  async function settle(row: unknown[]): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return void (await pool.query(SETTLE, row))
      } catch (error) {
        if (stopping.signal.aborted || !(toProblem(error) instanceof Unavailable)) throw error
        if (failures === 0) log.warn({ err: error, delivery: row[0] }, 'what became of a message is written down later')
      }
      await pause(SETTLE_AGAIN_MS[failures] ?? SETTLE_AGAIN_MS.at(-1), null, { signal: stopping.signal }).catch(
        () => {},
      )
    }
  }

  async function hold(): Promise<void> {
    const held = [...underWay.keys()]
    isHeld = held.length === 0
    if (isHeld) return
    const until = new Date(clock.now() + LEASE_MS)
    const values = [held.map(({ id }) => id), held.map(({ attempts }) => attempts), until]
    try {
      await pool.query(HOLD, values)
      isHeld = true
    } catch (error) {
      log.warn({ err: error }, 'messages could not be held')
    }
  }

  const timers = [setInterval(wake, LOOK_EVERY_MS), setInterval(hold, HOLD_EVERY_MS)]
  wake()

  return {
    wake,
    /** Looks, and waits until what was due has been tried. */
    async settled(): Promise<void> {
      wake()
      while (looking || underWay.size > 0) await (looking ?? Promise.all(underWay.values()))
    },
    /** Takes nothing more; what is not sent in time is broken off and left for others. */
    async stop(withinMs: number): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      stopped = true
      const done = Promise.resolve(looking).then(() => Promise.all(underWay.values()))
      await Promise.race([done, pause(withinMs, null, { ref: false })])
      stopping.abort()
      await Promise.race([done, pause(LAST_WORDS_MS, null, { ref: false })])
    },
  }
}

function roomLeft(channels: Channels, underWay: OutgoingMessage[]): Partial<Record<DeliveryKind, number>> {
  const room = Object.entries(channels).map(([kind, { concurrency }]) => [
    kind,
    concurrency - underWay.filter((delivery) => delivery.kind === kind).length,
  ])
  return Object.fromEntries(room.filter(([, left]) => Number(left) > 0))
}

const failureOf = (error: unknown): Outcome => ({
  status: 'failed',
  error: error instanceof Error ? error.message : String(error),
})

function toRow(delivery: OutgoingMessage, outcome: Outcome, channel: Channel, now: number): unknown[] {
  const settled = (status: string, rest: { reason?: string; error?: string; next?: Date; sent?: Date }) => [
    delivery.id,
    delivery.attempts,
    status,
    rest.reason ?? null,
    rest.error ?? null,
    rest.next ?? null,
    rest.sent ?? null,
    'recipient' in outcome ? outcome.recipient : null,
    'answer' in outcome && outcome.answer !== undefined ? JSON.stringify(outcome.answer) : null,
  ]
  if (outcome.status === 'sent') return settled('sent', { sent: new Date(now) })
  if (outcome.status === 'suppressed') return settled('suppressed', { reason: outcome.reason })
  if (outcome.status === 'put off') return settled('queued', { next: outcome.until })
  const { error } = outcome
  const wait = channel.retryAfterSeconds[delivery.attempts - delivery.uncounted - 1]
  if (outcome.permanent || wait === undefined)
    return settled('failed', { error, reason: outcome.permanent ? 'refused' : 'given up' })
  const later = now + wait * 1000 * (1 + JITTER * Math.random())
  return settled('queued', { error, next: new Date(Math.max(later, outcome.retryAt?.getTime() ?? 0)) })
}

function report({ log }: CoreDeps, { id, kind, purpose, attempts }: OutgoingMessage, outcome: Outcome): void {
  const line = { delivery: id, kind, purpose, attempts }
  if (outcome.status === 'failed') log.warn({ ...line, error: outcome.error }, 'a message was not sent')
  else log.debug({ ...line, reason: 'reason' in outcome ? outcome.reason : undefined }, `message ${outcome.status}`)
}
