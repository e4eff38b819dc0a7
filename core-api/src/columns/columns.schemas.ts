import { z } from '@hono/zod-openapi'
import { Hue } from '@taskflow/shared/dto/board.ts'
import { Id } from '@taskflow/shared/dto/user.ts'

const WIP_LIMIT = 1_000

export const columnFields = {
  name: z.string().trim().min(1).max(100),
  color: Hue.nullable().optional(),
  wipLimit: z.int().min(1).max(WIP_LIMIT).nullable().optional(),
  wipMode: z.enum(['soft', 'hard']).optional(),
  done: z.boolean().optional(),
}

const neighbours = { before: Id.nullable().optional(), after: Id.nullable().optional() }

export const NewColumnBody = z
  .strictObject({ id: Id.optional(), ...columnFields, ...neighbours })
  .openapi('NewColumn', { example: { name: 'Review', color: 'violet', wipLimit: 3, wipMode: 'soft' } })

export const EditColumnBody = z
  .strictObject({ ...columnFields, name: columnFields.name.optional() })
  .openapi('EditColumn', { example: { wipLimit: 5, wipMode: 'hard' } })

export const ColumnPositionBody = z
  .strictObject(neighbours)
  .openapi('ColumnPosition', { example: { after: '019a9d1e-5f00-7000-8000-000000000001' } })

export const SortBody = z
  .strictObject({ by: z.enum(['due', 'priority', 'title', 'created']) })
  .openapi('SortColumn', { example: { by: 'due' } })
