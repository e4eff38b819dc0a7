import { z } from '@hono/zod-openapi'
import { Priority } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { WhenInput } from '@taskflow/shared/dto/when.ts'

const TASKS_LIMIT = 200
const LIST_LIMIT = 50

const Ids = z.array(Id).max(LIST_LIMIT)
const lists = { add: Ids.optional(), remove: Ids.optional() }

export const BulkAct = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('edit'),
    priority: Priority.optional(),
    start: WhenInput.nullish(),
    due: WhenInput.nullish(),
    parentId: Id.nullish(),
  }),
  z.strictObject({ type: z.literal('move'), columnId: Id, before: Id.nullish(), after: Id.nullish() }),
  z.strictObject({ type: z.literal('label'), ...lists }),
  z.strictObject({ type: z.literal('assign'), ...lists }),
  z.strictObject({ type: z.enum(['close', 'reopen', 'archive', 'restore', 'delete', 'erase']) }),
])
export type BulkAct = z.infer<typeof BulkAct>

export const BulkBody = z
  .strictObject({
    ids: z
      .array(Id)
      .min(1)
      .max(TASKS_LIMIT)
      .transform((ids) => [...new Set(ids)]),
    act: BulkAct,
  })
  .openapi('BulkChange', {
    example: { ids: ['019a9d1e-5f00-7000-8000-000000000001'], act: { type: 'edit', priority: 'high' } },
  })

export const BulkResult = z.object({
  id: Id,
  ok: z.boolean(),
  problem: z
    .object({
      status: z.int(),
      code: z.string(),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    })
    .optional(),
})
export type BulkResult = z.infer<typeof BulkResult>
