import { z } from 'zod'
import { Id } from '../dto/user.ts'

export const Actor = z.object({
  kind: z.enum(['user', 'key', 'agent', 'system']),
  id: Id.nullable(),
  name: z.string(),
  onBehalfOf: Id.optional(),
})
export type Actor = z.infer<typeof Actor>

/** One fact in one stream, as it is published, caught up with and stored. */
export interface Envelope<Type extends string = string, Data = unknown> {
  stream: string
  epoch: string
  seq: number
  txn: string
  at: string
  type: Type
  actor: Actor
  data: Data
  mutation?: string
  trace?: string
}

export const EnvelopeHead = z.object({
  stream: z.string(),
  epoch: z.string(),
  seq: z.int().positive(),
  txn: Id,
  at: z.iso.datetime(),
  type: z.string(),
  actor: Actor,
  data: z.record(z.string(), z.unknown()),
  mutation: z.string().optional(),
  trace: z.string().optional(),
})
