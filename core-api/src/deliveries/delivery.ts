export const DELIVERY_KINDS = ['email', 'push', 'webhook', 'slack'] as const
export type DeliveryKind = (typeof DELIVERY_KINDS)[number]

/** `transactional` is what somebody asked for and waits for: never delayed, never unsubscribed from. */
export const DELIVERY_PURPOSES = ['transactional', 'notification', 'digest', 'event', 'test'] as const
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number]

export const DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'failed', 'suppressed'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** A message that goes out, as its sender gets it. */
export interface Delivery {
  id: string
  workspaceId: string | null
  userId: string | null
  kind: DeliveryKind
  purpose: DeliveryPurpose
  /** The address as an admin reads it. */
  recipient: string
  /** What it goes to, where that has a row: a webhook, a push subscription. */
  targetId: string | null
  taskId: string | null
  notificationIds: string[]
  payload: unknown
  /** This attempt included. */
  attempts: number
  createdAt: Date
}
