import { z } from '@hono/zod-openapi'
import { BoardRole, Column, Visibility } from '@taskflow/shared/dto/board.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { columnFields } from '../columns/columns.schemas.ts'
import { TEMPLATE_KEYS } from './templates.ts'

const fields = {
  name: z.string().trim().min(1).max(100),
  description: z.string().max(10_000).optional(),
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,9}$/)
    .optional(),
  visibility: Visibility.optional(),
}

export const NewBoardBody = z
  .strictObject({
    id: Id.optional(),
    ...fields,
    template: z.enum(TEMPLATE_KEYS).optional(),
    columns: z.array(z.strictObject(columnFields)).min(1).max(50).optional(),
  })
  .openapi('NewBoard', { example: { name: 'Website', key: 'WEB', template: 'kanban' } })

export const EditBoardBody = z
  .strictObject({ ...fields, name: fields.name.optional(), version: z.int().min(1).optional() })
  .openapi('EditBoard', { example: { name: 'Website', visibility: 'private' } })

export const DuplicateBody = z
  .strictObject({ id: Id.optional(), name: fields.name.optional(), withTasks: z.boolean().optional() })
  .openapi('DuplicateBoard', { example: { name: 'Website, next year', withTasks: true } })

export const BoardMemberBody = z
  .strictObject({ role: BoardRole.optional() })
  .openapi('BoardMemberRole', { example: { role: 'commenter' } })

const TemplateColumn = Column.pick({ name: true, color: true, wipLimit: true, done: true }).partial().required({
  name: true,
})

export const BoardTemplate = z
  .object({ key: z.enum(TEMPLATE_KEYS), name: z.string(), description: z.string(), columns: z.array(TemplateColumn) })
  .openapi('BoardTemplate')
