import type { DeliveryKind, DeliveryPurpose } from '@taskflow/shared/dto/operations.ts'

/** A message that goes out, as its sender gets it. */
export interface OutgoingMessage {
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
  /** How many of them failed at nothing, or at what it says no more. */
  uncounted: number
  createdAt: Date
}
