import type { EventType } from '@taskflow/shared/events/all.ts'
import { attachmentCases } from '../attachments/attachment.cases.ts'
import { boardCases } from '../boards/board.cases.ts'
import { columnCases } from '../columns/column.cases.ts'
import { commentCases } from '../comments/comment.cases.ts'
import { labelCases } from '../labels/label.cases.ts'
import { memberCases } from '../members/member.cases.ts'
import { recurrenceCases } from '../recurrence/recurrence.cases.ts'
import { taskCases } from '../tasks/task.cases.ts'
import type { TestApp } from './app.ts'
import type { Team } from './boards.ts'

/** A team with a board of its own for the case. */
export type Stage = Team & { app: TestApp }

export interface Scene {
  act: () => Promise<unknown>
  /** The board whose snapshot must follow; by itself, that of the stage. */
  boardId?: string
}

/** Arranges what must be there before; its `act` then leads to the fact. The owner looks on. */
export type FactCase = (stage: Stage) => Promise<Scene>
export type FactCases = Partial<Record<EventType, FactCase[]>>

export const factCases: FactCases[] = [
  taskCases,
  recurrenceCases,
  commentCases,
  attachmentCases,
  columnCases,
  labelCases,
  boardCases,
  memberCases,
]

/** Facts that change no board's snapshot, or whose board has none before or after, and the tests that hold them. */
export const elsewhere: Partial<Record<EventType, string>> = {
  'board.created': 'boards/boards.test.ts',
  'board.deleted': 'boards/boards.test.ts',
  'workspace.created': 'workspaces/workspaces.test.ts',
  'workspace.updated': 'workspaces/workspaces.test.ts',
  'workspace.deleted': 'workspaces/workspaces.test.ts',
  'member.left': 'members/members.test.ts',
  'user.updated': 'me/me.test.ts',
  'role.created': 'roles/roles.test.ts',
  'role.updated': 'roles/roles.test.ts',
  'role.deleted': 'roles/roles.test.ts',
  'notification.created': 'notifications/notifications.test.ts',
  'notification.read': 'notifications/notifications.test.ts',
  'notification.archived': 'notifications/notifications.test.ts',
  'notification.snoozed': 'notifications/notifications.test.ts',
  'inbox.counted': 'notifications/notifications.test.ts',
}
