import { WEBHOOK_FAMILIES } from '@taskflow/shared/dto/webhook.ts'
import { parseStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { DELIVERIES } from '../deliveries/delivering.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import type { Fact } from '../streams/record.ts'
import { aboutTask } from './webhook-task.ts'

/** Facts that stand in several streams are told from one of them. */
const FROM_BOARDS = new Set<string>(['task', 'comment', 'column'])
const FROM_WORKSPACES = new Set<string>(WEBHOOK_FAMILIES.filter((family) => !FROM_BOARDS.has(family)))

// Private boards are nobody's business outside. Whether one is private is asked after the change was made.
const FEED = `
  insert into delivery (id, workspace_id, kind, purpose, recipient, target_id, task_id, payload, next_attempt_at, created_at)
  select message_id(w.id, $1, $2), w.workspace_id, case w.kind when 'slack' then 'slack' else 'webhook' end, 'event',
    w.shown, w.id, $5, $6, $7, $7
  from webhook w
  where w.workspace_id = $3 and w.enabled and w.events && $8
    and ($4::uuid is null or exists (select from board b where b.id = $4 and b.visibility = 'workspace'))
  on conflict do nothing`

/** Leaves a message to each webhook that wants to hear of the fact, in its transaction. */
export function feedWebhooks(ctx: WriteCtx, fact: Fact): void {
  const { workspaceId, stream, type, subject, about } = fact
  const [family = ''] = type.split('.')
  const { kind, id } = parseStream(stream)!
  const isTold = kind === 'board' ? FROM_BOARDS.has(family) : kind === 'workspace' && FROM_WORKSPACES.has(family)
  if (!workspaceId || !isTold || !ctx.deps.hooked.mayHave(workspaceId)) return
  const boardId = kind === 'board' ? id : null
  const taskId = about?.task.id ?? (family === 'task' ? subject : null)
  const payload = { type, timestamp: ctx.now, workspaceId, boardId, ...toBody(ctx, fact) }
  ctx.tx.later(FEED, [
    ...[ctx.txn, stream, workspaceId, boardId, taskId, JSON.stringify(payload), ctx.now],
    ['*', `${family}.*`, type],
  ])
  wakeWorkers(ctx, DELIVERIES)
}

function toBody(ctx: WriteCtx, { data, about }: Fact) {
  const { acl: _acl, ...told } = data as Record<string, unknown>
  return { txn: ctx.txn, actor: ctx.by, ...(about && { task: aboutTask(ctx.deps.config, about.task) }), data: told }
}
