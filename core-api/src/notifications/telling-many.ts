import type { Actor } from '@taskflow/shared/events/envelope.ts'
import { write } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { holdWorkspace } from '../workspaces/workspaces.access.ts'
import { type News, type NewsOfOne, strongest } from './news.ts'
import { tellNow } from './telling.ts'

/** Short enough that those who write meanwhile hardly wait. */
const PART = 100

/** An act of which more is told than its own transaction should wait for. */
export interface NewsForMany {
  workspaceId: string
  txn: string
  at: string
  actorId: string
  by: Actor
  news: News[]
}

/** As it is now: it may have another name, be on another board or be gone. */
const NOW = `
  select t.id, t.board_id as "boardId", b.key || '-' || t.number as key, t.title
  from task t join board b on b.id = t.board_id where t.id = any($1::uuid[])`

/** Tells them part by part. Done again after a crash, it goes on where it broke off. */
export async function tellMany(deps: CoreDeps, { workspaceId, news, by, ...act }: NewsForMany): Promise<void> {
  for (const [part, here] of partsOf(news, act.actorId).entries()) {
    const commentIds = [...new Set(here.flatMap(({ commentId }) => commentId ?? []))]
    const taskIds = [...new Set(here.flatMap(({ subject }) => subject.taskId ?? []))]
    await write(deps, { actor: systemActor(workspaceId) }, async (ctx) => {
      const [, batch, , tasks, comments] = await Promise.all([
        holdWorkspace(ctx, workspaceId),
        ctx.tx.sql<{ isNew: boolean }>('select begin_batch($1, $2) as "isNew"', [act.txn, part]),
        ctx.tx.sql('select from task where id = any($1::uuid[]) order by id for share', [taskIds]),
        ctx.tx.sql<TaskNow>(NOW, [taskIds]),
        ctx.tx.sql<{ id: string }>('select id from comment where id = any($1::uuid[])', [commentIds]),
      ])
      if (!batch[0]!.isNew) return { status: 204 }
      ctx.by = by
      await tellNow(ctx, asOfNow(here.filter(isSaid(comments)), tasks), act)
      return { status: 204 }
    })
  }
}

/** Of one subject each, since a person is told one thing per transaction. */
function partsOf(news: News[], actorId: string): NewsOfOne[][] {
  const bySubject = Map.groupBy(news, ({ subject }) => subject.subjectId)
  return [...bySubject.values()].flatMap((some) => {
    const people = strongest(some, actorId).toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
    const starts = Array.from({ length: Math.ceil(people.length / PART) }, (_, part) => part * PART)
    return starts.map((start) => people.slice(start, start + PART))
  })
}

interface TaskNow extends Record<string, unknown> {
  id: string
  boardId: string
  key: string
  title: string
}

function isSaid(comments: { id: string }[]) {
  const known = new Set(comments.map(({ id }) => id))
  return ({ commentId }: NewsOfOne) => !commentId || known.has(commentId)
}

function asOfNow(people: NewsOfOne[], tasks: TaskNow[]): NewsOfOne[] {
  const known = new Map(tasks.map(({ id, ...task }) => [id, task]))
  return people.flatMap((one) => {
    if (!one.subject.taskId) return [one]
    const task = known.get(one.subject.taskId)
    return task ? [{ ...one, subject: { ...one.subject, ...task } }] : []
  })
}
