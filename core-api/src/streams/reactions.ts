import type { EventType } from '@taskflow/shared/events/all.ts'
import { onTaskPlaced } from '../columns/on-task-placed.ts'
import type { WriteCtx } from '../context.ts'
import type { News } from '../notifications/news.ts'
import { onBoardLost, onWorkspaceLost } from '../notifications/on-access-lost.ts'
import { onClosedByColumn } from '../notifications/on-closed-by-column.ts'
import { onCommented } from '../notifications/on-commented.ts'
import { onInvited } from '../notifications/on-invited.ts'
import { onMentionedInComment } from '../notifications/on-mentioned-in-comment.ts'
import { onMentionedInDescription } from '../notifications/on-mentioned-in-description.ts'
import { onStatusChanged } from '../notifications/on-status-changed.ts'
import {
  onBoardDeleted,
  onCommentDeleted,
  onTaskErased,
  onTaskMovedAway,
  onWorkspaceDeleted,
} from '../notifications/on-subject-gone.ts'
import { onTaskAssigned } from '../notifications/on-task-assigned.ts'
import { onTaskUnassigned } from '../notifications/on-task-unassigned.ts'
import { tell } from '../notifications/telling.ts'
import { onClosedRepeating, onColumnEmptied, onRecurringClosed } from '../recurrence/on-closed.ts'
import { onBoardBack, onColumnReopened, onTaskBack } from '../reminders/on-task-back.ts'
import { onTaskChanged } from '../reminders/on-task-changed.ts'
import { onZoneChanged } from '../reminders/on-zone-changed.ts'
import { feedWebhooks } from '../webhooks/feeding.ts'
import type { Fact } from './record.ts'

/** Does what follows from a fact; what people should be told it answers, for all of it is told together. */
export type Reaction<Type extends EventType> = (
  ctx: WriteCtx,
  fact: Fact<Type>,
) => News[] | void | Promise<News[] | void>

/** What follows from a fact, in the same transaction. All of it is listed here. */
const reactions: { [Type in EventType]?: Reaction<Type>[] } = {
  'task.created': [onTaskPlaced, onTaskChanged, onTaskAssigned, onMentionedInDescription, onRecurringClosed],
  'task.updated': [onTaskChanged, onTaskAssigned, onTaskUnassigned, onMentionedInDescription, onClosedRepeating],
  'task.moved': [onTaskPlaced, onTaskChanged, onTaskBack, onTaskMovedAway, onStatusChanged, onRecurringClosed],
  'task.closed': [onStatusChanged, onRecurringClosed],
  'task.reopened': [onTaskBack, onStatusChanged],
  'task.restored': [onTaskBack],
  'task.deleted': [onTaskErased],
  'column.deleted': [onClosedByColumn, onColumnEmptied, onColumnReopened],
  'comment.created': [onMentionedInComment, onCommented],
  'comment.updated': [onMentionedInComment],
  'comment.deleted': [onCommentDeleted],
  'access.granted': [onInvited],
  'access.revoked': [onBoardLost],
  'member.left': [onWorkspaceLost],
  'board.deleted': [onBoardDeleted],
  'board.restored': [onBoardBack],
  'workspace.deleted': [onWorkspaceDeleted],
  'user.updated': [onZoneChanged],
}

export async function react(ctx: WriteCtx): Promise<void> {
  const news: News[] = []
  for (const fact of [...ctx.facts]) {
    feedWebhooks(ctx, fact)
    for (const reaction of (reactions[fact.type] ?? []) as Reaction<EventType>[]) {
      const answer = reaction(ctx, fact)
      news.push(...((answer instanceof Promise ? await answer : answer) ?? []))
    }
  }
  if (news.length > 0) await tell(ctx, news)
}
