import type { Actor } from '@taskflow/shared/events/envelope.ts'
import { write } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { holdWorkspace } from '../workspaces/workspaces.access.ts'
import { type News, strongest } from './news.ts'
import { tellNow } from './telling.ts'

/** Short enough that those who write meanwhile hardly wait. */
const PART = 100

/** An act of which more people are told than its own transaction should wait for. */
export interface NewsForMany {
  workspaceId: string
  txn: string
  at: string
  actorId: string
  by: Actor
  news: News[]
}

/** Tells them part by part. Done again after a crash, it goes on where it broke off. */
export async function tellMany(deps: CoreDeps, { workspaceId, news, by, ...act }: NewsForMany): Promise<void> {
  const people = strongest(news, act.actorId).toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
  const taskIds = new Set(people.flatMap(({ subject }) => subject.taskId ?? []))
  for (let part = 0; part * PART < people.length; part++) {
    await write(deps, { actor: systemActor(workspaceId) }, async (ctx) => {
      const [, batch, tasks] = await Promise.all([
        holdWorkspace(ctx, workspaceId),
        ctx.tx.sql<{ isNew: boolean }>('select begin_batch($1, $2) as "isNew"', [act.txn, part]),
        ctx.tx.sql<{ id: string }>('select id from task where id = any($1::uuid[])', [[...taskIds]]),
      ])
      if (!batch[0]!.isNew) return { status: 204 }
      ctx.by = by
      const living = new Set(tasks.map(({ id }) => id))
      const here = people.slice(part * PART, (part + 1) * PART)
      const told = here.filter(({ subject }) => !subject.taskId || living.has(subject.taskId))
      await tellNow(ctx, told, act)
      return { status: 204 }
    })
  }
}
