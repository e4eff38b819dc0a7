import { setTimeout as pause } from 'node:timers/promises'
import type { Actor as ActorOfFact } from '@taskflow/shared/events/envelope.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { CoreDeps } from './core-deps.ts'
import type { Actor } from './http/authenticate.ts'
import { type IdempotentRequest, recall } from './http/idempotency.ts'
import { nameable, nameOwn, orStartOfOwn } from './streams/positions.ts'
import { react } from './streams/reactions.ts'
import { type Fact, flushFacts } from './streams/record.ts'
import { Transaction } from './streams/transaction.ts'

/** What every read and every change is given: the transaction, and who acts. */
export interface Ctx {
  tx: Transaction
  deps: CoreDeps
  actor: Actor
  /** The time of the act, the same in the rows and the facts of the transaction. */
  now: string
}

export interface WriteCtx extends Ctx {
  txn: string
  /** The actor as facts name it. */
  by: ActorOfFact
  mutation: string | undefined
  trace: string | undefined
  facts: Fact[]
  /** Streams whose position the answer names although the act changed nothing in them. */
  unchanged: Set<string>
  /** Streams of boards that are not locked, with where somebody had last lost something when the act got its right there. */
  countedOn: Map<string, number>
  /** Runs once the commit is certain; may be lost without harm. */
  afterCommit: (() => void)[]
  /** The same, and the answer waits for it. It must not throw. */
  beforeAnswer: (() => Promise<void>)[]
  /** Leaves the lane that the act is in, if it is in one. */
  leaveLane: (() => void) | undefined
  /** Done or failed: nobody leaves for those who are let into a lane from now on. */
  isOver: boolean
}

export interface WriteOptions {
  actor: Actor
  request?: IdempotentRequest
  trace?: string
  /** A workspace that the actor is about to found or join. */
  joining?: string
}

export interface Answer {
  status: number
  body?: unknown
}

export interface Written {
  status: number
  body: string | null
  position: string
  replayed: boolean
}

const ENTER = 'select enter_tenant($1, $2, $3)'
const READ = 'begin isolation level repeatable read read only'
const ATTEMPTS = 6
const APART_MS = 15

/** Runs `query` on one consistent view of what the actor may see. */
export async function read<T>(deps: CoreDeps, actor: Actor, query: (ctx: Ctx) => Promise<T>): Promise<T> {
  return withTransaction(deps, READ, entering(actor), async (tx) => {
    const result = await query({ tx, deps, actor, now: timeOf(deps) })
    await tx.commit()
    return result
  })
}

/**
 * Runs one change in one transaction: load and change, react to the facts, record them last, commit, publish.
 * A repeat of an idempotent request is told what the first was told, and changes nothing.
 */
export async function write(
  deps: CoreDeps,
  options: WriteOptions,
  change: (ctx: WriteCtx) => Promise<Answer>,
): Promise<Written> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeOnce(deps, options, change)
    } catch (error) {
      if (attempt === ATTEMPTS || !isCollision(error)) throw error
      // Those who met would meet again.
      await pause(Math.random() * attempt * APART_MS)
    }
  }
}

async function writeOnce(deps: CoreDeps, options: WriteOptions, change: (ctx: WriteCtx) => Promise<Answer>) {
  const { actor, request, joining } = options
  const { written, ctx, envelopes } = await withTransaction(deps, 'begin', entering(actor, joining), async (tx) => {
    const ctx = createWriteCtx(deps, tx, options)
    const known = request && (await recall(ctx, request))
    if (known) {
      await tx.commit()
      return { written: known, ctx, envelopes: [] }
    }
    try {
      const { status, body } = await change(ctx)
      await react(ctx)
      const text = body === undefined ? null : JSON.stringify(body)
      const answer = request && { ...request, status, body: text }
      const named = await nameable(ctx, [...ctx.facts.map((fact) => fact.stream), ...ctx.unchanged])
      if (named.size === 0) nameOwn(ctx, named)
      await enterLane(ctx, boardOf(ctx))
      const { envelopes, position } = await flushFacts(ctx, { answer, named })
      return { written: { status, body: text, position: orStartOfOwn(ctx, position), replayed: false }, ctx, envelopes }
    } finally {
      ctx.isOver = true
      ctx.leaveLane?.()
    }
  })
  deps.relay.publish(envelopes)
  for (const run of ctx.afterCommit) run()
  for (const run of ctx.beforeAnswer) await run()
  return written
}

const boardOf = ({ facts }: WriteCtx) => facts.find(({ stream }) => stream.startsWith('b:'))?.stream

/** Before what all writers to a board meet at: its row, and the head of its stream. An act is in one lane to its end. */
export async function enterLane(ctx: WriteCtx, stream: string | undefined): Promise<void> {
  if (!stream || ctx.leaveLane) return
  const leave = await ctx.deps.lanes.enter(stream)
  if (ctx.isOver) leave()
  else ctx.leaveLane = leave
}

function createWriteCtx(deps: CoreDeps, tx: Transaction, { actor, request, trace }: WriteOptions): WriteCtx {
  return {
    tx,
    deps,
    actor,
    now: timeOf(deps),
    txn: newId(),
    by: { kind: actor.kind, id: actor.kind === 'system' ? null : actor.id, name: actor.name },
    mutation: request?.key,
    trace,
    facts: [],
    unchanged: new Set(),
    countedOn: new Map(),
    afterCommit: [],
    beforeAnswer: [],
    leaveLane: undefined,
    isOver: false,
  }
}

/** The system belongs to no workspace: it is let into the one that it acts in. */
const entering = ({ kind, id, workspaceId }: Actor, joining?: string) =>
  kind === 'system' ? [null, null, workspaceId] : [id, workspaceId ?? null, joining ?? null]

const timeOf = ({ clock }: CoreDeps) => new Date(clock.now()).toISOString()

async function withTransaction<T>(
  deps: CoreDeps,
  begin: string,
  enter: unknown[],
  use: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await deps.pool.connect()
  let broken = false
  try {
    const tx = new Transaction(client, deps.orm, begin, [ENTER, enter])
    try {
      return await use(tx)
    } catch (error) {
      await tx.rollback().catch(() => (broken = true))
      throw error
    }
  } finally {
    client.release(broken)
  }
}

const COLLISIONS = new Set(['40P01', '40001', '23505', '23503'])

/**
 * Two writers met: the same key, id or name at the same moment, something that was just removed, a right that was just
 * taken away, or a deadlock.
 * Once more, and what the other did is seen.
 */
const isCollision = (error: unknown) =>
  error instanceof Error && COLLISIONS.has((error as { code?: string }).code ?? '')
