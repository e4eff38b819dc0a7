import type { EventData, EventType } from '@taskflow/shared/events/all.ts'
import { boardStream, userStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import type { IdempotentRequest } from '../http/idempotency.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'

export interface Fact<Type extends EventType = EventType> {
  stream: string
  /** The tenant whose members may read the fact; null in a person's own stream. */
  workspaceId: string | null
  type: Type
  /** What the fact is about, for its history: a task, else the thing that changed. */
  subject: string | null
  data: EventData<Type>
  /** The task that it is about, as it is now and as it was before: for reactions, not stored. */
  about?: AboutTask
}

export interface AboutTask {
  task: TaskRow
  /** Missing when the task is new. */
  before?: TaskRow
}

/** A fact as readers get it; `text` is the envelope to the letter. */
export interface Recorded {
  stream: string
  seq: number
  text: string
}

interface Place<Type extends EventType> {
  type: Type
  subject?: string
  data: EventData<Type>
  about?: AboutTask
}

/** Notes a fact; it is written in the last statement of the transaction. One fact per stream: a transaction is one act. */
export function record<Type extends EventType>(ctx: WriteCtx, fact: Fact<Type>): void {
  if (ctx.facts.some((known) => known.stream === fact.stream)) {
    throw new Error(`A second fact (${fact.type}) in ${fact.stream} within one transaction`)
  }
  ctx.facts.push(fact as unknown as Fact)
}

export const recordOnBoard = <Type extends EventType>(
  ctx: WriteCtx,
  at: { workspaceId: string; boardId: string },
  fact: Place<Type>,
) => record(ctx, { stream: boardStream(at.boardId), workspaceId: at.workspaceId, ...withSubject(fact) })

export const recordInWorkspace = <Type extends EventType>(ctx: WriteCtx, workspaceId: string, fact: Place<Type>) =>
  record(ctx, { stream: workspaceStream(workspaceId), workspaceId, ...withSubject(fact) })

export const recordForUser = <Type extends EventType>(ctx: WriteCtx, userId: string, fact: Place<Type>) =>
  record(ctx, { stream: userStream(userId), workspaceId: null, ...withSubject(fact) })

const withSubject = <Type extends EventType>(fact: Place<Type>) => ({ ...fact, subject: fact.subject ?? null })

const RECORD = `
  select stream, epoch, seq::int, at, data
  from record_facts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

interface Row {
  stream: string
  epoch: string
  seq: number
  at: string
  /** Only where the database added to it. */
  data: string | null
}

interface Ending {
  answer: (IdempotentRequest & { status: number; body: string | null }) | undefined
  /** The streams whose position the answer may say. */
  named: ReadonlySet<string>
}

/** Writes the noted facts, remembers the answer for a repeat, and commits: one burst, at the very end. */
export async function flushFacts(
  ctx: WriteCtx,
  { answer, named }: Ending,
): Promise<{ envelopes: Recorded[]; position: string }> {
  const facts = ctx.facts.toSorted((a, b) => (a.stream < b.stream ? -1 : 1))
  const texts = facts.map((fact) => JSON.stringify(fact.data))
  const remember = answer
    ? [ctx.actor.id, answer.key, answer.hash, answer.status, answer.body]
    : [null, null, null, null, null]
  const rows = await ctx.tx.commit<Row>([
    RECORD,
    [
      ctx.txn,
      JSON.stringify(ctx.by),
      ctx.mutation ?? null,
      ctx.trace ?? null,
      facts.map((fact) => fact.stream),
      facts.map((fact) => fact.workspaceId),
      facts.map((fact) => fact.type),
      facts.map((fact) => fact.subject),
      texts,
      [...ctx.unchanged].filter((stream) => !facts.some((fact) => fact.stream === stream)),
      ...remember,
      [...ctx.countedOn.keys()],
      [...ctx.countedOn.values()],
    ],
  ])
  const envelopes = facts.map(({ stream, type }, i) => {
    const row = rows[i]!
    return { stream, seq: row.seq, text: say(ctx, type, row, row.data ?? texts[i]!) }
  })
  const positions = rows.flatMap(({ stream, seq }) => (named.has(stream) ? [`${stream}=${seq}`] : []))
  return { envelopes, position: positions.join(', ') }
}

/** Must stay equal, to the letter, to what the database's `envelope()` says of the stored fact. */
function say(ctx: WriteCtx, type: EventType, { stream, epoch, seq, at }: Row, data: string): string {
  const head = `{"stream":"${stream}","epoch":"${epoch}","seq":${seq},"txn":"${ctx.txn}","at":"${at}"`
  const mutation = ctx.mutation === undefined ? '' : `,"mutation":${JSON.stringify(ctx.mutation)}`
  const trace = ctx.trace === undefined ? '' : `,"trace":${JSON.stringify(ctx.trace)}`
  return `${head},"type":"${type}","actor":${JSON.stringify(ctx.by)},"data":${data}${mutation}${trace}}`
}
