import type { Reason } from '@taskflow/shared/dto/notification.ts'

/** A notification that one person is told of beside the app, whichever way. */
export interface NotificationBeside {
  userId: string
  workspaceId: string
  notificationId: string
  reason: Reason
  taskId: string | null
  /** The end of their quiet hours, if these are now. */
  quietUntil: Date | null
}
