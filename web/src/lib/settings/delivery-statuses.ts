import type { DeliveryStatus } from '@taskflow/shared/dto/operations.ts'

export const DELIVERY_STATUSES: readonly DeliveryStatus[] = ['queued', 'sending', 'sent', 'failed', 'suppressed']

export const isDeliveryStatus = (text: string | null): text is DeliveryStatus =>
  DELIVERY_STATUSES.includes(text as DeliveryStatus)
