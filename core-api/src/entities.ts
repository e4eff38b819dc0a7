import type { EntitySchema } from '@mikro-orm/postgresql'
import { AttachmentEntity } from './attachments/attachment.entity.ts'
import { ColumnEntity } from './columns/column.entity.ts'
import { CommentEntity } from './comments/comment.entity.ts'
import { InvitationEntity } from './invitations/invitation.entity.ts'
import { LabelEntity } from './labels/label.entity.ts'
import { RoleEntity } from './roles/role.entity.ts'
import { WebhookEntity } from './webhooks/webhook.entity.ts'
import { WorkspaceEntity } from './workspaces/workspace.entity.ts'

export const entities: EntitySchema[] = [
  WorkspaceEntity,
  InvitationEntity,
  RoleEntity,
  CommentEntity,
  AttachmentEntity,
  ColumnEntity,
  LabelEntity,
  WebhookEntity,
]
