import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { BoardRole } from '@taskflow/shared/dto/board.ts'
import type { Invitation } from '@taskflow/shared/dto/workspace.ts'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    email: p.text().nullable(),
    role: p.text(),
    boardId: p.uuid().nullable(),
    boardRole: p.text().$type<BoardRole>().nullable(),
    tokenHash: p.text().unique(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    acceptedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
})
export type InvitationRow = InferEntity<typeof InvitationEntity>

export const toInvitationDto = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email ?? null,
  role: row.role,
  boardId: row.boardId ?? null,
  boardRole: row.boardRole ?? null,
  createdBy: row.createdBy ?? null,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  acceptedAt: row.acceptedAt?.toISOString() ?? null,
})
