import { attachmentRows } from '../attachments/attachments.rows.ts'
import { avatarRows } from '../avatars/avatars.rows.ts'
import { boardRows } from '../boards/boards.rows.ts'
import { columnRows } from '../columns/columns.rows.ts'
import { commentRows } from '../comments/comments.rows.ts'
import { historyRows } from '../history/history.rows.ts'
import { invitationRows } from '../invitations/invitations.rows.ts'
import { labelRows } from '../labels/labels.rows.ts'
import { meRows } from '../me/me.rows.ts'
import { memberRows } from '../members/members.rows.ts'
import { myDeliveryRows } from '../deliveries/my-deliveries.rows.ts'
import { unsubscribeRows } from '../mail/unsubscribe.rows.ts'
import { operationsRows } from '../operations/operations.rows.ts'
import { notificationRows } from '../notifications/notifications.rows.ts'
import { preferenceRows } from '../preferences/preferences.rows.ts'
import { reminderRows } from '../reminders/reminders.rows.ts'
import { pushRows } from '../push/push.rows.ts'
import { recurrenceRows } from '../recurrence/recurrence.rows.ts'
import { roleRows } from '../roles/roles.rows.ts'
import { searchRows } from '../search/search.rows.ts'
import { streamRows } from '../streams/streams.rows.ts'
import { taskRows } from '../tasks/tasks.rows.ts'
import { webhookRows } from '../webhooks/webhooks.rows.ts'
import { workspaceRows } from '../workspaces/workspaces.rows.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

/**
 * Who may call what: one row for every route of the API, in `<slice>/<slice>.rows.ts`, listed below.
 *
 *   row('PATCH /api/tasks/:id', [401, 404, 403, 200, 200, 200], async ({ make }) => ({
 *     params: { id: (await make.task()).id },
 *     body: { title: 'New' },
 *   }))
 *
 * The numbers are the answers to each of ROLES, and the function says what they send: made anew for each of them, so
 * that a thing may be deleted six times. The guest is a viewer of the world's board, and of no other; the stranger
 * owns another workspace. Where a route takes ids, the stranger must get 404, and so must anybody who mixes ids of
 * their own with foreign ones; `open` says why that is not so.
 */
export const ROLES = ['anonymous', 'stranger', 'guest', 'member', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

export interface Call {
  params?: Record<string, string>
  query?: string
  headers?: Record<string, string>
  body?: unknown
}

export interface Row {
  route: string
  expected: readonly number[]
  call: (world: World, caller: Person | null) => Call | Promise<Call>
  open?: string
}

export type { World }

export const rows = (): Row[] => [
  ...meRows,
  ...avatarRows,
  ...workspaceRows,
  ...memberRows,
  ...invitationRows,
  ...roleRows,
  ...boardRows,
  ...columnRows,
  ...labelRows,
  ...taskRows,
  ...commentRows,
  ...attachmentRows,
  ...historyRows,
  ...notificationRows,
  ...preferenceRows,
  ...reminderRows,
  ...recurrenceRows,
  ...webhookRows,
  ...pushRows,
  ...searchRows,
  ...streamRows,
  ...myDeliveryRows,
  ...operationsRows,
  ...unsubscribeRows,
]
