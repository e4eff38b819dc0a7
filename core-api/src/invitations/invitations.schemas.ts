import { z } from '@hono/zod-openapi'
import { BoardRole } from '@taskflow/shared/dto/board.ts'
import { Id } from '@taskflow/shared/dto/user.ts'

const TOKEN_LENGTH = 43
const LONGEST_DAYS = 90

export const invitationToken = z.object({
  invitation: z
    .string()
    .max(200)
    .openapi({ description: 'Its token.', example: 'q'.repeat(TOKEN_LENGTH) }),
})

export const invitationId = z.object({ invitation: Id.describe('Its id.') })

export const InviteBody = z
  .strictObject({
    id: Id.optional(),
    email: z.string().trim().pipe(z.email().max(254)).nullish(),
    role: z.string().min(1).max(40).default('member'),
    boardId: Id.nullish(),
    boardRole: BoardRole.optional(),
    expiresInDays: z.int().min(1).max(LONGEST_DAYS).default(14),
  })
  .openapi('Invite', { example: { email: 'sam@example.org', role: 'member' } })
