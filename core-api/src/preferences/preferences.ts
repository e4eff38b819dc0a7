import { REASONS, type Reason } from '@taskflow/shared/dto/notification.ts'
import type { Channels } from '@taskflow/shared/dto/preferences.ts'

const APP: Channels = { app: true, email: false, push: false, webhook: false }
const APP_AND_MAIL: Channels = { ...APP, email: true }

/** Told by mail as well, unless somebody wants it otherwise. */
const MAILED = new Set<Reason>(['assigned', 'mentioned', 'due_soon', 'overdue', 'reminder', 'webhook_disabled'])

export const DEFAULT_CHANNELS = Object.fromEntries(
  REASONS.map((reason) => [reason, MAILED.has(reason) ? APP_AND_MAIL : APP]),
) as Record<Reason, Channels>
