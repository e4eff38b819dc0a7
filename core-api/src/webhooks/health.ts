import { write, type WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { tell } from '../notifications/telling.ts'
import type { Receiver } from './receivers.ts'

type OfWorkspace = NonNullable<Receiver['webhook']>

/** A webhook that answers nothing good for so long is switched off, */
const PATIENCE_MS = 5 * 24 * 3600_000
/** if it was asked on so many days: between two failures that lie apart it may have been well. */
const FAILING_DAYS = 6

export async function noteSuccess(deps: CoreDeps, { id, workspaceId, isFailing }: OfWorkspace): Promise<void> {
  if (!isFailing) return
  await inWorkspace(deps, workspaceId, async ({ tx }) => {
    await tx.sql('update webhook set failing_since = null where id = $1', [id])
  })
}

const FAIL = `
  update webhook set failing_since = coalesce(failing_since, $2), failed_on = ($2 at time zone 'UTC')::date,
    failing_days = case
      when failing_since is null then 1
      when failed_on = ($2 at time zone 'UTC')::date then failing_days
      else failing_days + 1 end
  where id = $1
  returning failing_since <= $3 and failing_days >= $4 as lasting`

/** Notes a failure; one that lasts, or a receiver that says it is gone, ends it. */
export async function noteFailure(deps: CoreDeps, webhook: OfWorkspace, isGone: boolean): Promise<void> {
  await inWorkspace(deps, webhook.workspaceId, async (ctx) => {
    const patience = new Date(Date.parse(ctx.now) - PATIENCE_MS)
    const [row] = await ctx.tx.sql<{ lasting: boolean }>(FAIL, [webhook.id, ctx.now, patience, FAILING_DAYS])
    if (isGone || row?.lasting) await switchOff(ctx, webhook, isGone ? 'gone' : 'failing')
  })
}

const SWITCH_OFF = `
  update webhook set enabled = false, off_reason = $2, version = version + 1 where id = $1 and enabled returning id`
const ADMINS = `select user_id as id from workspace_member where workspace_id = $1 and role in ('owner', 'admin')`

async function switchOff(ctx: WriteCtx, { id, workspaceId, name }: OfWorkspace, reason: string): Promise<void> {
  const [off] = await ctx.tx.sql(SWITCH_OFF, [id, reason])
  if (!off) return
  const admins = await ctx.tx.sql<{ id: string }>(ADMINS, [workspaceId])
  const subject = { workspaceId, boardId: null, taskId: null, subjectId: id, key: null, title: name }
  const userIds = admins.map((one) => one.id)
  await tell(ctx, [{ subject, reason: 'webhook_disabled', type: 'webhook.disabled', userIds }])
}

async function inWorkspace(deps: CoreDeps, workspaceId: string, act: (ctx: WriteCtx) => Promise<void>): Promise<void> {
  await write(deps, { actor: systemActor(workspaceId) }, async (ctx) => {
    await act(ctx)
    return { status: 204 }
  })
}
