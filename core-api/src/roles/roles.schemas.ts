import { z } from '@hono/zod-openapi'
import { PERMISSIONS } from '@taskflow/shared/dto/workspace.ts'
import { idParam } from '../http/answers.ts'

const Name = z.string().trim().min(1).max(60)
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a word of small letters, digits and dashes, at most 32 characters long')
const Permissions = z
  .array(z.enum(PERMISSIONS))
  .max(PERMISSIONS.length)
  .transform((list) => [...new Set(list)].sort())

export const roleParam = idParam.extend({ key: z.string().max(40).openapi({ example: 'planner' }) })

export const NewRoleBody = z
  .strictObject({ key: Key.optional(), name: Name, permissions: Permissions })
  .openapi('NewRole', { example: { name: 'Planner', permissions: ['board:create', 'task:*'] } })

export const EditRoleBody = z
  .strictObject({ name: Name.optional(), permissions: Permissions.optional() })
  .openapi('EditRole', { example: { permissions: ['task:*', 'comment:*'] } })
