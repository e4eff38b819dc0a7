import { z } from '@hono/zod-openapi'
import { Id } from '@taskflow/shared/dto/user.ts'

const Name = z.string().trim().min(1).max(100)

export const NewWorkspaceBody = z
  .strictObject({ id: Id.optional(), name: Name })
  .openapi('NewWorkspace', { example: { name: 'Acme' } })

export const EditWorkspaceBody = z
  .strictObject({ name: Name.optional() })
  .openapi('EditWorkspace', { example: { name: 'Acme & Sons' } })
