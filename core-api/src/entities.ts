import type { EntitySchema } from '@mikro-orm/postgresql'
import { InvitationEntity } from './invitations/invitation.entity.ts'
import { RoleEntity } from './roles/role.entity.ts'
import { WorkspaceEntity } from './workspaces/workspace.entity.ts'

export const entities: EntitySchema[] = [WorkspaceEntity, InvitationEntity, RoleEntity]
