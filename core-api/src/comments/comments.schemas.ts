import { z } from '@hono/zod-openapi'
import { Id } from '@taskflow/shared/dto/user.ts'

const BODY_LIMIT = 20_000
const MENTIONS_LIMIT = 50

const fields = {
  body: z.string().max(BODY_LIMIT).regex(/\S/, 'must not be empty'),
  mentionIds: z.array(Id).max(MENTIONS_LIMIT).optional(),
}

export const NewCommentBody = z
  .strictObject({ id: Id.optional(), ...fields })
  .openapi('NewComment', { example: { body: 'Looks good, @Ada. Shall we ship it?' } })

export const EditCommentBody = z
  .strictObject(fields)
  .openapi('EditComment', { example: { body: 'Looks **very** good' } })
