import type { Notification, Reason } from '@taskflow/shared/dto/notification.ts'
import type { QuietHours } from '@taskflow/shared/dto/preferences.ts'
import type { WriteCtx } from '../context.ts'
import { enqueueNotificationMail } from '../deliveries/notification-mail.ts'
import { enqueueNotificationPushes } from '../push/notification-push.ts'
import { enqueueNotificationWebhooks } from '../webhooks/notification-webhook.ts'
import { endOfQuietHours } from '../preferences/quiet-hours.ts'

/** Somebody who was told in the app, and how they want to be told beside. */
export interface ToldBeside {
  userId: string
  notification: Notification
  /** Why they are told this time; the notification keeps the strongest of all. */
  reason: Reason
  channels: { email: boolean; push: boolean; webhook: boolean }
  preferences: {
    digest: 'instant' | 'hourly' | 'daily' | 'weekly'
    quietHours: QuietHours | null
    mailDelayMinutes: number | null
    zone: string | null
  }
}

/** What leaves the app, in the transaction of the change. */
export function sendOut(ctx: WriteCtx, told: ToldBeside[]): void {
  const mails = told.filter(({ channels }) => channels.email).map((one) => toMessage(ctx, one))
  if (mails.length > 0) enqueueNotificationMail(ctx, ...mails)
  enqueueNotificationPushes(
    ctx,
    told.filter(({ channels }) => channels.push).map((one) => toMessage(ctx, one)),
  )
  enqueueNotificationWebhooks(
    ctx,
    told.filter(({ channels }) => channels.webhook).map((one) => toMessage(ctx, one)),
  )
}

const MINUTE_MS = 60_000

function toMessage({ now }: WriteCtx, { userId, notification, reason, preferences }: ToldBeside) {
  const { digest, quietHours, mailDelayMinutes, zone } = preferences
  return {
    userId,
    workspaceId: notification.workspaceId,
    notificationId: notification.id,
    reason,
    taskId: notification.taskId,
    digest,
    zone,
    quietHours,
    delayMs: mailDelayMinutes === null ? undefined : mailDelayMinutes * MINUTE_MS,
    quietUntil: quietHours && endOfQuietHours(quietHours, new Date(now), zone ?? 'UTC'),
  }
}
