import type { z } from 'zod'
import { boardEvents } from './board.events.ts'
import { commentEvents } from './comment.events.ts'
import type { Envelope } from './envelope.ts'
import { memberEvents } from './member.events.ts'
import { notificationEvents } from './notification.events.ts'
import { taskEvents } from './task.events.ts'

/** Every fact that can be recorded, by type. */
export const events = {
  ...taskEvents,
  ...boardEvents,
  ...commentEvents,
  ...memberEvents,
  ...notificationEvents,
} as const

export type EventType = keyof typeof events
export type EventData<Type extends EventType> = z.infer<(typeof events)[Type]>
export type AnyEnvelope = { [Type in EventType]: Envelope<Type, EventData<Type>> }[EventType]

/** Raised with the pinned hash in contract.test.ts whenever a shape changes. */
export const CONTRACT_VERSION = 1
