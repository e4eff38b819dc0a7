import { defineEntity, p } from '@mikro-orm/postgresql'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const CommentEntity = defineEntity({
  name: 'Comment',
  tableName: 'comment',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    taskId: p.uuid(),
    authorId: p.uuid().nullable(),
    body: p.text(),
    mentionIds: p.array().columnType('uuid[]'),
    reactions: p.json<Record<string, string[]>>().columnType('json'),
    createdAt: p.datetime(3),
    editedAt: p.datetime(3).nullable(),
  },
})
