import { z } from '@hono/zod-openapi'
import { Hue } from '@taskflow/shared/dto/board.ts'
import { Id } from '@taskflow/shared/dto/user.ts'

const Name = z.string().trim().min(1).max(50)

export const NewLabelBody = z
  .strictObject({ id: Id.optional(), name: Name, color: Hue.default('grey') })
  .openapi('NewLabel', { example: { name: 'backend', color: 'blue' } })

export const EditLabelBody = z
  .strictObject({ name: Name.optional(), color: Hue.optional() })
  .openapi('EditLabel', { example: { color: 'teal' } })
