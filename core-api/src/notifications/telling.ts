import { newId } from '@taskflow/shared/ids.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { enqueue } from '../jobs/enqueuing.ts'
import { DEFAULT_CHANNELS } from '../preferences/preferences.ts'
import { recordForUser } from '../streams/record.ts'
import { sendOut, type ToldBeside } from './going-out.ts'
import { type News, type NewsOfOne, strongest } from './news.ts'

/** More people than these are told by the worker. */
const AT_ONCE = 50

interface Told extends Omit<ToldBeside, 'reason'>, Record<string, unknown> {
  unread: number
  shown: boolean
  later: boolean
}

const NOTIFY = `
  select user_id as "userId", notification, unread, shown, later, channels, preferences
  from notify_people($1, $2, $3, $4)`

/** Writes what the reactions have to say into the inboxes of those concerned, and records it in their streams. */
export async function tell(ctx: WriteCtx, news: News[]): Promise<void> {
  const people = strongest(news, ctx.actor.id)
  if (people.length === 0) return
  if (people.length > AT_ONCE) return leaveToWorker(ctx, grouped(people))
  await tellNow(ctx, people, { txn: ctx.txn, at: ctx.now, actorId: ctx.actor.id })
}

/** `txn` is the act that they are told of: of one act, nobody is told twice. Answers who was told. */
export async function tellNow(
  ctx: WriteCtx,
  people: NewsOfOne[],
  { txn, at, actorId }: { txn: string; at: string; actorId: string },
): Promise<string[]> {
  const taken = new Set(ctx.facts.map(({ stream }) => stream))
  const told = await ctx.tx.sql<Told>(NOTIFY, [
    txn,
    at,
    actorId,
    JSON.stringify(people.map((one) => toRow(one, taken))),
  ])
  for (const { userId, notification, unread, shown, later } of told) {
    if (shown && !later) recordForUser(ctx, userId, { type: 'notification.created', data: { ...notification, unread } })
  }
  const reasons = new Map(people.map(({ userId, reason }) => [userId, reason]))
  sendOut(
    ctx,
    told.map((one) => ({ ...one, reason: reasons.get(one.userId)! })),
  )
  const userIds = told.map(({ userId }) => userId)
  countAfterwards(ctx, userIds)
  return userIds
}

/** The whole count follows in a fact of its own. */
export function countAfterwards(ctx: WriteCtx, userIds: string[]): void {
  if (userIds.length > 0) ctx.afterCommit.push(() => ctx.deps.counting.soon(ctx.deps, userIds))
}

/** Whose stream has a fact of this transaction already is told by the next one. */
const toRow = (one: NewsOfOne, taken: Set<string>) => ({
  id: newId(),
  user_id: one.userId,
  workspace_id: one.subject.workspaceId,
  board_id: one.subject.boardId,
  task_id: one.subject.taskId,
  subject_id: one.subject.subjectId,
  key: one.subject.key,
  title: one.subject.title,
  reason: one.reason,
  type: one.type,
  excerpt: one.excerpt ?? null,
  comment_id: one.commentId ?? null,
  column_id: one.columnId ?? null,
  late: one.late ?? false,
  later: taken.has(userStream(one.userId)),
  defaults: DEFAULT_CHANNELS[one.reason],
})

/** Each person, of each subject, is told by the worker. */
export function leaveToWorker(ctx: WriteCtx, news: News[]): void {
  enqueue(ctx, 'notifications.tell', {
    workspaceId: news[0]!.subject.workspaceId,
    txn: ctx.txn,
    at: ctx.now,
    actorId: ctx.actor.id,
    by: ctx.by,
    news,
  })
}

function grouped(people: NewsOfOne[]): News[] {
  const groups = new Map<string, News>()
  for (const { userId, ...one } of people) {
    const name = JSON.stringify(one)
    const group = groups.get(name) ?? { ...one, userIds: [] }
    group.userIds.push(userId)
    groups.set(name, group)
  }
  return [...groups.values()]
}
